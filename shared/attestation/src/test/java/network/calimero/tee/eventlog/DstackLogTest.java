package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.simulator.codec.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class DstackLogTest {
  private static final String V2 =
      "{\"name\":\"a \\\"b\\\" \\\\ \\n \\u0001 é\",\"payload\":\"00ff\",\"type\":134217729}";

  @Test
  void computesTheDigestOfRuntimeEvents() throws Exception {
    LoggedEvent event = only(runtime("app-id", "00ff"));
    byte[] text = "....:app-id:..".getBytes(UTF_8);
    byte[] type = {1, 0, 0, 8};
    System.arraycopy(type, 0, text, 0, 4);
    text[12] = 0;
    text[13] = (byte) 0xff;
    assertThat(event.digest()).isEqualTo(Measurement.of(Hash.sha384(text)));
    assertThat(event.binding()).isEqualTo(LoggedEvent.Binding.COMPUTED);
    assertThat(event.register()).isEqualTo(Register.RTMR3);
  }

  @Test
  void computesTheDigestOfVersion2FromCanonicalJson() throws Exception {
    ObjectNode event = runtime("a \"b\" \\ \n \u0001 é", "00FF").put("version", 2);
    assertThat(only(event).digest().value().toArray()).isEqualTo(Hash.sha384(V2.getBytes(UTF_8)));
    event.put("preimage", HexFormat.of().formatHex(V2.getBytes(UTF_8)));
    event.put("digest", HexFormat.of().formatHex(Hash.sha384(V2.getBytes(UTF_8))));
    assertThat(only(event).name()).startsWith("a \"b\"");
  }

  @Test
  void refusesAPreimageThatSaysSomethingElse() {
    ObjectNode event = runtime("app-id", "00").put("version", 2).put("preimage", "7b7d");
    assertThat(refusal(event).fault()).isEqualTo(Fault.PREIMAGE_MISMATCH);
  }

  @Test
  void refusesTheOtherVersionsDigest() throws Exception {
    String digest = only(runtime("app-id", "00")).digest().hex();
    assertThat(only(runtime("app-id", "00").put("digest", digest)).digest().hex())
        .isEqualTo(digest);
    ObjectNode event = runtime("app-id", "00").put("digest", digest).put("version", 2);
    assertThat(refusal(event).fault()).isEqualTo(Fault.DIGEST_MISMATCH);
  }

  @Test
  void refusesAGivenDigestThatIsNotOfNameAndPayload() throws Exception {
    String digest = only(runtime("app-id", "00")).digest().hex();
    for (ObjectNode event :
        new ObjectNode[] {
          runtime("app-id", "01"), runtime("app-ie", "00"), runtime("app-id", "")
        }) {
      EventLogFormatException refusal = refusal(event.put("digest", digest));
      assertThat(refusal.fault()).isEqualTo(Fault.DIGEST_MISMATCH);
      assertThat(refusal).hasMessageContaining("event 0").hasMessageContaining(digest);
    }
    ObjectNode shortened = runtime("app-id", "00").put("digest", digest.substring(0, 94));
    assertThat(refusal(shortened).fault()).isEqualTo(Fault.DIGEST_MISMATCH);
  }

  @Test
  void refusesAnEventOfRtmr3WhoseDigestIsTheLogsWord() {
    ObjectNode event = boot(3).put("event", "compose-hash");
    assertThat(refusal(event).fault()).isEqualTo(Fault.NOT_A_RUNTIME_EVENT);
  }

  @Test
  void readsPayloadsThatAreTextAsText() throws Exception {
    assertThat(only(runtime("storage-fs", "zfs")).digest())
        .isEqualTo(only(runtime("storage-fs", "7a6673")).digest());
    assertThat(only(runtime("storage-fs", "zfs")).payload().hex()).isEqualTo("7a6673");
  }

  @Test
  void padsShortDigestsOfBootEventsWithZeros() throws Exception {
    LoggedEvent event = only(boot(0).put("digest", "aabb"));
    assertThat(event.digest().hex()).isEqualTo("aabb" + "00".repeat(46));
    assertThat(event.binding()).isEqualTo(LoggedEvent.Binding.GIVEN);
  }

  @Test
  void acceptsTheOtherSpellingOfFields() throws Exception {
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.put("imr", 3).put("eventType", RuntimeEvent.TYPE).put("event", "a");
    event.put("eventPayload", "00").putNull("digest");
    assertThat(only(event).digest()).isEqualTo(only(runtime("a", "00")).digest());
    event.put("event_payload", "01");
    assertThat(refusal(event).fault()).isEqualTo(Fault.MALFORMED_FIELD);
  }

  @Test
  void refusesBootEventsWithoutADigest() {
    assertThat(refusal(boot(0).put("digest", "")).fault()).isEqualTo(Fault.MALFORMED_FIELD);
    ObjectNode event = boot(0);
    event.remove("digest");
    assertThat(refusal(event).fault()).isEqualTo(Fault.MALFORMED_FIELD);
  }

  @ParameterizedTest
  @CsvSource({
    "imr, 4, UNKNOWN_REGISTER",
    "imr, -1, MALFORMED_FIELD",
    "imr, 1.5, MALFORMED_FIELD",
    "imr, '\"3\"', MALFORMED_FIELD",
    "imr, 99999999999999999999, MALFORMED_FIELD",
    "event_type, 4294967296, MALFORMED_FIELD",
    "event_type, null, MALFORMED_FIELD",
    "event, 1, MALFORMED_FIELD",
    "event, '\"\\ud800\"', MALFORMED_FIELD",
    "event_payload, null, MALFORMED_FIELD",
    "event_payload, 12, MALFORMED_FIELD",
    "event_payload, '\"\\ud800\"', MALFORMED_FIELD",
    "digest, 1, MALFORMED_FIELD",
    "digest, '\"xx\"', MALFORMED_FIELD",
    "digest, '\"abc\"', MALFORMED_FIELD",
    "version, 3, MALFORMED_FIELD",
    "version, 0, MALFORMED_FIELD",
    "version, '\"2\"', MALFORMED_FIELD",
    "preimage, '\"xx\"', MALFORMED_FIELD",
    "preimage, '\"\"', PREIMAGE_MISMATCH",
  })
  void refusesFieldsThatAreNotOfTheirForm(String field, String json, Fault fault) {
    ObjectNode event = runtime("app-id", "00");
    event.set(field, JsonMapper.shared().readTree(json));
    assertThat(refusal(event).fault()).isEqualTo(fault);
  }

  @Test
  void refusesADigestThatIsTooLong() {
    assertThat(refusal(boot(0).put("digest", "00".repeat(49))).fault())
        .isEqualTo(Fault.MALFORMED_FIELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[1]",
        "[null]",
        "[",
        "[{}",
        "[] []",
        "[{\"imr\":0,\"imr\":1}]",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
      })
  void refusesWhatIsNotAListOfEvents(String json) {
    assertThat(refusal(Bytes.of(json.getBytes(UTF_8))).fault()).isEqualTo(Fault.MALFORMED_JSON);
  }

  @Test
  void refusesTruncatedLogsWhereverTheyEnd() throws Exception {
    String json = Guest.booted().log().toString();
    for (int end = 0; end < json.length(); end += 7) {
      Bytes truncated = Bytes.of(json.substring(0, end).getBytes(UTF_8));
      assertThat(refusal(truncated).fault()).isEqualTo(Fault.MALFORMED_JSON);
    }
  }

  @Test
  void boundsHowManyEventsThereAre() throws Exception {
    ArrayNode log = JsonMapper.shared().createArrayNode();
    for (int i = 0; i < EventLog.MAX_EVENTS; i++) {
      log.add(boot(0));
    }
    assertThat(DstackLog.of(log).events()).hasSize(EventLog.MAX_EVENTS);
    log.add(boot(0));
    assertThat(catchThrowableOfType(EventLogFormatException.class, () -> DstackLog.of(log)).fault())
        .isEqualTo(Fault.TOO_MANY_EVENTS);
  }

  @Test
  void takesTypesOf32Bits() throws Exception {
    ArrayNode log = JsonMapper.shared().createArrayNode();
    log.add(boot(0).put("event_type", 0xffff_ffffL));
    assertThat(DstackLog.of(log).events().getFirst().type()).isEqualTo(0xffff_ffffL);
    log.add(boot(0).put("event_type", 0x1_0000_0000L));
    assertThat(catchThrowableOfType(EventLogFormatException.class, () -> DstackLog.of(log)).fault())
        .isEqualTo(Fault.MALFORMED_FIELD);
  }

  @Test
  void isReadUpToItsLargestSize() throws Exception {
    Bytes largest = Bytes.of(("[" + " ".repeat(EventLog.MAX_SIZE - 2) + "]").getBytes(UTF_8));
    assertThat(DstackLog.parse(largest).events()).isEmpty();
    assertThat(EventLogInput.find(largest.toArray()).log().events()).isEmpty();
  }

  @Test
  void boundsItsSize() {
    Bytes spaces = Bytes.of(" ".repeat(EventLog.MAX_SIZE + 1).getBytes(UTF_8));
    assertThat(refusal(spaces).fault()).isEqualTo(Fault.TOO_LARGE);
  }

  private static ObjectNode runtime(String name, String payload) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("imr", 3)
        .put("event_type", RuntimeEvent.TYPE)
        .put("digest", "")
        .put("event", name)
        .put("event_payload", payload);
  }

  private static ObjectNode boot(int register) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("imr", register)
        .put("event_type", 4)
        .put("digest", "11".repeat(48))
        .put("event", "");
  }

  private static LoggedEvent only(ObjectNode event) throws EventLogFormatException {
    return DstackLog.of(JsonMapper.shared().createArrayNode().add(event)).events().getFirst();
  }

  private static EventLogFormatException refusal(ObjectNode event) {
    ArrayNode log = JsonMapper.shared().createArrayNode().add(event);
    EventLogFormatException refusal =
        catchThrowableOfType(EventLogFormatException.class, () -> DstackLog.of(log));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private static EventLogFormatException refusal(Bytes json) {
    EventLogFormatException refusal =
        catchThrowableOfType(EventLogFormatException.class, () -> DstackLog.parse(json));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
