package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEntryTest {
  private static final String ENTRY =
      """
      {"body":"e30=","integratedTime":1790431024,"logIndex":7,"logID":"%s",
       "attestation":{},"verification":{"inclusionProof":{},"signedEntryTimestamp":"AAAA"}}\
      """
          .formatted("ab".repeat(32));

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  @Test
  void answersOfTheLogAreReadAsOneEntryOrAsAList() throws Exception {
    LogEntry entry = LogEntry.parseLookup(utf8("{\"uuid\":" + ENTRY + "}")).getFirst();

    assertThat(entry.body()).isEqualTo("e30=");
    assertThat(entry.integratedTime().getEpochSecond()).isEqualTo(1_790_431_024);
    assertThat(entry.logIndex()).isEqualTo(7);
    assertThat(entry.logId()).isEqualTo(Bytes.fromHex("ab".repeat(32)));
    assertThat(entry.promise()).isEqualTo(Bytes.fromHex("000000"));
    assertThat(LogEntry.parseLookup(utf8("[{\"a\":%s},{\"b\":%s}]".formatted(ENTRY, ENTRY))))
        .containsExactly(entry, entry);
    assertThat(LogEntry.parseLookup(utf8("[]"))).isEmpty();
    assertThat(LogEntry.parseLookup(utf8("{}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "x | not JSON",
        "7 | not a JSON object",
        "[[]] | not a JSON object",
        "{\"uuid\":1} | \"uuid\" is not an object",
        "{\"uuid\":{}} | \"uuid.verification\" is missing",
        "{\"uuid\":{\"verification\":{}}} | \"uuid.verification.signedEntryTimestamp\" is missing",
      })
  void otherAnswersAreRefused(String answer, String reason) {
    assertRefused(answer, reason);
  }

  private static void assertRefused(String answer, String reason) {
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> LogEntry.parseLookup(utf8(answer)))
        .matches(refused -> refused.code() == Code.LOG_ANSWER_MALFORMED)
        .withMessageContaining(reason);
  }

  @Test
  void moreEntriesThanAnybodyLogsAreRefused() throws Exception {
    String hundred = "{\"a\":%s}".formatted(ENTRY) + ",{\"a\":%s}".formatted(ENTRY).repeat(99);

    assertThat(LogEntry.parseLookup(utf8("[" + hundred + "]"))).hasSize(100);
    assertRefused("[" + hundred + ",{\"a\":" + ENTRY + "}]", "more than 100 entries");
  }

  @Test
  void answersAreReadUpToTheirGreatestSize() throws Exception {
    assertThat(LogEntry.parseLookup(utf8("{}" + " ".repeat(LogEntry.MAX_LOOKUP - 2)))).isEmpty();
    assertRefused("{}" + " ".repeat(LogEntry.MAX_LOOKUP - 1), "more than the 1048576 allowed");
  }

  @Test
  void whatIsPromisedIsItsCanonicalJson() throws Exception {
    LogEntry entry = LogEntry.parseLookup(utf8("{\"uuid\":" + ENTRY + "}")).getFirst();

    assertThat(entry.promised())
        .isEqualTo(
            "{\"body\":\"e30=\",\"integratedTime\":1790431024,\"logID\":\"%s\",\"logIndex\":7}"
                .formatted("ab".repeat(32)));
  }
}
