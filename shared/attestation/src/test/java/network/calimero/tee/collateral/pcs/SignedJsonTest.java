package network.calimero.tee.collateral.pcs;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedJsonTest {
  private static final String SIGNATURE = "Ab".repeat(64);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\" :\t[ 1, {\"b\":\"}\"} ]\r\n}",
        "{\"umlaut\":\"ä€😀\", \"escaped\":\"\\u00e4\\\"}\"}",
        "{ \"nested\": {\"signature\": \"inner\"} }"
      })
  void theInnerObjectIsTakenByteForByte(String inner) throws Exception {
    String text =
        " \n{\"other\":{\"tcbInfo\":1}, \"tcbInfo\" : %s ,\"signature\":\"%s\", \"more\":[{}]} "
            .formatted(inner, SIGNATURE);

    SignedJson signed = parse(text);

    assertThat(new String(signed.text().toArray(), UTF_8)).isEqualTo(inner);
    assertThat(signed.signature()).isEqualTo(Bytes.fromHex(SIGNATURE));
  }

  @Test
  void theOrderOfTheTwoDoesNotMatter() throws Exception {
    assertThat(parse("{\"signature\":\"%s\",\"tcbInfo\":{\"a\":1}}".formatted(SIGNATURE)).text())
        .isEqualTo(Bytes.of("{\"a\":1}".getBytes(UTF_8)));
  }

  @Test
  void aLargeObjectIsTakenWhole() throws Exception {
    String inner = "{\"levels\":[" + "{\"svn\":1},".repeat(20_000) + "{}]}";

    assertThat(parse("{\"tcbInfo\":" + inner + ",\"signature\":\"" + SIGNATURE + "\"}").text())
        .isEqualTo(Bytes.of(inner.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"tcbInfo\":{},\"signature\":\"SIG\"",
        "{\"tcbInfo\":{},\"signature\":\"SIG\"}}",
        "{\"tcbInfo\":{},\"signature\":\"SIG\"} {}",
        "{\"tcbInfo\":{}}",
        "{\"tcbInfo\":{},\"signature\":\"SIG00\"}",
        "{\"tcbInfo\":{},\"signature\":\"\"}",
        "{\"tcbInfo\":{},\"signature\":1}",
        "{\"tcbInfo\":\"{}\",\"signature\":\"SIG\"}",
        "{\"enclaveIdentity\":{},\"signature\":\"SIG\"}",
        "{\"tcbInfo\":{},\"tcbInfo\":{},\"signature\":\"SIG\"}",
        "{\"tcbInfo\":{},\"signature\":\"SIG\",\"signature\":\"SIG\"}",
        "{\"tcbInfo\":{\"a\":1,\"a\":2},\"signature\":\"SIG\"}",
        "{\"tcbInfo\":{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]},\"signature\":\"SIG\"}"
      })
  void anythingElseIsRefused(String text) {
    assertRefused(text.replace("SIG", SIGNATURE).getBytes(UTF_8));
  }

  @Test
  void aSignatureThatIsNotHexIsRefused() {
    assertRefused(
        "{\"tcbInfo\":{},\"signature\":\"%s\"}".formatted("xy".repeat(64)).getBytes(UTF_8));
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    assertRefused("{\"tcbInfo\":{},\"signature\":\"%s\"}".formatted(SIGNATURE).getBytes(UTF_16LE));
  }

  private static void assertRefused(byte[] text) {
    assertThatExceptionOfType(SignedJson.NotSigned.class)
        .isThrownBy(() -> SignedJson.parse(Bytes.of(text), "tcbInfo"));
  }

  private static SignedJson parse(String text) throws SignedJson.NotSigned {
    return SignedJson.parse(Bytes.of(text.getBytes(UTF_8)), "tcbInfo");
  }
}
