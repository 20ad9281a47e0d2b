package network.calimero.tee.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HexFormat;
import network.calimero.tee.guest.DstackClient.Limits;
import network.calimero.tee.guest.GuestException.Code;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

/** What the client asks, and which answers it believes. */
class DstackClientTest extends DstackFixture {

  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  private static final byte[] REPORT_DATA = new byte[64];
  private static final String REPORT_DATA_HEX = "00".repeat(64);

  @Test
  void getsAKey() throws Exception {
    String answer = "{\"key\":\"%s\",\"signature_chain\":[\"00\",{\"a\":[1]}]}".formatted(KEY);
    try (SecretBytes key = call(StubAgent.json(200, answer), PATIENT, c -> c.getKey("a/b"));
        SecretBytes expected = SecretBytes.moveFrom(HexFormat.of().parseHex(KEY))) {
      assertThat(key).isEqualTo(expected);
    }
  }

  @Test
  void asksAsTheAgentExpects() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    String answer = "{\"key\":\"%s\",\"quote\":\"01\",\"app_id\":\"02\"}".formatted(KEY);
    try (StubAgent agent = new StubAgent(socket, StubAgent.json(200, answer));
        DstackClient client = new DstackClient(socket, PATIENT)) {
      client.getKey("merod/storage/debug/12D3KooWPeer").close();
      client.quote(REPORT_DATA);
      client.info();
      assertThat(agent.requests())
          .satisfiesExactly(
              request ->
                  assertThat(request)
                      .startsWith("POST /GetKey HTTP/1.1\r\n")
                      .contains("Content-Type: application/json\r\n")
                      .doesNotContainIgnoringCase("Accept-Encoding")
                      .doesNotContainIgnoringCase("User-Agent")
                      .endsWith(
                          "\r\n\r\n{\"algorithm\":\"secp256k1\","
                              + "\"path\":\"merod/storage/debug/12D3KooWPeer\",\"purpose\":\"\"}"),
              request ->
                  assertThat(request)
                      .startsWith("POST /GetQuote HTTP/1.1\r\n")
                      .endsWith("\r\n\r\n{\"report_data\":\"" + REPORT_DATA_HEX + "\"}"),
              request ->
                  assertThat(request).startsWith("POST /Info HTTP/1.1\r\n").endsWith("\r\n\r\n{}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"key\"",
        "{",
        "{}",
        "{\"key\":null}",
        "{\"key\":12}",
        "{\"key\":\"\"}",
        "{\"Key\":\"" + KEY + "\"}",
        "{\"inner\":{\"key\":\"" + KEY + "\"}}",
        // 31 bytes, an odd number of digits, a prefix, not hex
        "{\"key\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddee\"}",
        "{\"key\":\"" + KEY + "0\"}",
        "{\"key\":\"0x" + KEY + "\"}",
        "{\"key\":\"" + KEY + "zz\"}",
        "{\"key\":\"" + KEY + "\",\"key\":\"" + KEY + "\"}",
        "{\"key\":\"" + KEY + "\"",
        "{\"key\":\"" + KEY + "\"} {}",
        "{\"key\":\"" + KEY + "\"}" + KEY,
        "{\"key\":" + KEY + "}"
      })
  void believesNoMalformedKeyAndRepeatsNothingOfIt(String answer) {
    GuestException failure =
        failure(StubAgent.json(200, answer), PATIENT, client -> client.getKey("a"));
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasNoCause().hasMessageNotContaining("00112233");
  }

  @ParameterizedTest
  @CsvSource({"32, true", "2048, true", "2049, false"})
  void keysMayBeAsLongAsNodesAccept(int bytes, boolean accepted) throws Exception {
    StubAgent.Behaviour agent =
        StubAgent.json(200, "{\"key\":\"%s\"}".formatted("ab".repeat(bytes)));
    if (accepted) {
      try (SecretBytes key = call(agent, PATIENT, client -> client.getKey("a"))) {
        assertThat(key.length()).isEqualTo(bytes);
      }
    } else {
      assertThat(failure(agent, PATIENT, c -> c.getKey("a")).code()).isEqualTo(Code.MALFORMED);
    }
  }

  @Test
  void getsAQuoteWithItsLog() throws Exception {
    String answer =
        """
        {"quote":"040002","event_log":"[{\\"imr\\":3,\\"event\\":\\"app-id\\"}]",
         "report_data":"%s","vm_config":"{\\"cpu_count\\":2}"}\
        """
            .formatted(REPORT_DATA_HEX);
    GuestQuote quote = call(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA));
    assertThat(quote.quote()).isEqualTo(new byte[] {4, 0, 2});
    assertThat(quote.vmConfig()).isEqualTo("{\"cpu_count\":2}");
    ArrayNode log = quote.eventLog();
    assertThat(log.get(0).get("event").stringValue()).isEqualTo("app-id");
    log.removeAll();
    quote.quote()[0] = 9;
    assertThat(quote.eventLog()).hasSize(1);
    assertThat(quote.quote()[0]).isEqualTo((byte) 4);
  }

  @Test
  void takesAnAgentWithoutLog() throws Exception {
    String answer = "{\"quote\":\"04\",\"event_log\":\"\",\"vm_config\":null}";
    GuestQuote quote = call(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA));
    assertThat(quote.eventLog()).isEmpty();
    assertThat(quote.vmConfig()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"quote\":\"\"}",
        "{\"quote\":\"0\"}",
        "{\"quote\":\"xy\"}",
        "{\"quote\":[1]}",
        "{\"quote\":\"01\",\"quote\":\"02\"}",
        "{\"quote\":\"01\"} trailing",
        "{\"quote\":\"01\",\"event_log\":[]}",
        "{\"quote\":\"01\",\"event_log\":\"{}\"}",
        "{\"quote\":\"01\",\"event_log\":\"[] []\"}",
        "{\"quote\":\"01\",\"event_log\":\"[\"}",
        "{\"quote\":\"01\",\"vm_config\":{}}",
        "{\"quote\":\"01\",\"report_data\":\"01\"}"
      })
  void believesNoMalformedQuote(String answer) {
    assertThat(failure(StubAgent.json(200, answer), PATIENT, c -> c.quote(REPORT_DATA)).code())
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void believesNoQuoteOverOtherReportData() {
    String other = "{\"quote\":\"01\",\"report_data\":\"%s\"}".formatted("01".repeat(64));
    assertThat(failure(StubAgent.json(200, other), PATIENT, c -> c.quote(REPORT_DATA)))
        .hasMessageContaining("\"report_data\" is not what was asked for");
  }

  @Test
  void believesNoQuoteLargerThanNodesAccept() throws Exception {
    Limits roomy = new Limits(PATIENT.connect(), PATIENT.total(), 4 << 20, 1);
    String largest = "ab".repeat(GuestQuote.MAX_SIZE);
    StubAgent.Behaviour fits = StubAgent.json(200, "{\"quote\":\"%s\"}".formatted(largest));
    StubAgent.Behaviour over = StubAgent.json(200, "{\"quote\":\"%sab\"}".formatted(largest));
    assertThat(call(fits, roomy, c -> c.quote(REPORT_DATA)).quote()).hasSize(GuestQuote.MAX_SIZE);
    assertThat(failure(over, roomy, c -> c.quote(REPORT_DATA)).code()).isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 63, 65})
  void asksForExactly64BytesOfReportData(int size) {
    try (DstackClient client = new DstackClient(directory.resolve("none"), PATIENT)) {
      assertThatThrownBy(() -> client.quote(new byte[size]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void learnsWhoItIs() throws Exception {
    String answer =
        """
        {"app_id":"aa01","instance_id":"bb02","app_cert":"PEM","tcb_info":"{}","app_name":"kms",
         "device_id":"cc03","mr_aggregated":"00","os_image_hash":"dd04","key_provider_info":"{}",
         "compose_hash":"ee05","vm_config":"{}","something_new":[1]}\
        """;
    AppInfo info = call(StubAgent.json(200, answer), PATIENT, DstackClient::info);
    assertThat(info)
        .isEqualTo(new AppInfo("aa01", "bb02", "ee05", "kms", "cc03", "dd04", "{}", "{}", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"app_id\":\"\"}", "{\"app_id\":\"kms\"}", "{\"app_id\":1}"})
  void isNobodyWithoutAnAppId(String answer) {
    assertThat(failure(StubAgent.json(200, answer), PATIENT, DstackClient::info).code())
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void passesOnWhyTheAgentRefused() {
    String answer = "{\"error\":\"Report data\\u0007 is\\ntoo long\\u202e\"}";
    GuestException failure = failure(StubAgent.json(400, answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure)
        .hasMessage("the dstack agent refused Info with status 400: Report data  is too long");
  }

  @Test
  void cutsLongReasonsShort() {
    String answer = "{\"error\":\"%s\"}".formatted("x".repeat(10_000));
    assertThat(failure(StubAgent.json(500, answer), PATIENT, DstackClient::info))
        .hasMessageEndingWith("x".repeat(200) + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Not Found", "{}", "{\"error\":5}", "{\"error\":\" \"}"})
  void refusalsNeedNoReason(String body) {
    GuestException failure = failure(StubAgent.json(404, body), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure).hasMessage("the dstack agent refused Info with status 404");
  }

  @Test
  void followsNoRedirects() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    try (StubAgent agent =
            new StubAgent(
                socket,
                StubAgent.raw(
                    "HTTP/1.1 307 Elsewhere\r\nLocation: /prpc/Tappd.Info\r\nContent-Length: 0\r\n\r\n"));
        DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.REFUSED);
      assertThat(agent.requests()).hasSize(1);
    }
  }
}
