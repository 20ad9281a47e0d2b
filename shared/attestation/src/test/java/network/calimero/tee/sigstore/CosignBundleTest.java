package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class CosignBundleTest {
  private static final SignedArtifact SIGNED = new Attempt().sign();
  private static final String JSON = new String(SIGNED.cosignBundle(), UTF_8);

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  private static SignatureRefusedException refused(Bytes json) throws Exception {
    try {
      throw new AssertionError("it is read: " + CosignBundle.parse(json));
    } catch (SignatureRefusedException e) {
      return e;
    }
  }

  static Stream<Arguments> anythingElse() {
    return Stream.of(
        text("nothing", json -> "", "not a JSON object"),
        text("a list", json -> "[" + json + "]", "not a JSON object"),
        text("more after its end", json -> json + " {}", "not JSON"),
        text("a field twice", json -> "{\"cert\":\"\"," + json.substring(1), "not JSON"),
        text("a cut text", json -> json.substring(0, json.length() - 1), "not JSON"),
        text("deep", json -> "[".repeat(17) + "]".repeat(17), "not JSON"),
        of("one more field", b -> b.put("more", 1), "\"more\" does not belong there"),
        of(
            "one more field about the log",
            b -> Attempt.at(b, "/rekorBundle").put("more", 1),
            "\"rekorBundle.more\" does not belong there"),
        of(
            "one more field in the payload",
            b -> payload(b).put("more", 1),
            "\"rekorBundle.Payload.more\" does not belong there"),
        of("no signature", b -> b.remove("base64Signature"), "\"base64Signature\" is missing"),
        of("no certificate", b -> b.remove("cert"), "\"cert\" is missing"),
        of("no log entry", b -> b.remove("rekorBundle"), "\"rekorBundle\" is missing"),
        of("a log entry that is none", b -> b.put("rekorBundle", 1), "is not an object"),
        of(
            "no promise",
            b -> Attempt.at(b, "/rekorBundle").remove("SignedEntryTimestamp"),
            "\"rekorBundle.SignedEntryTimestamp\" is missing"),
        of("a signature that is no text", b -> b.put("base64Signature", 1), "is not a text"),
        of("a signature that is null", b -> b.putNull("base64Signature"), "is not a text"),
        of(
            "a signature that is too long",
            b -> b.put("base64Signature", "AAAA".repeat(86)),
            "base64 of 258 bytes; at most 256"),
        of("a signature with a line break", b -> b.put("base64Signature", "AAA\n"), "base64"),
        of("a certificate that is no PEM", b -> b.put("cert", "AAAA"), "no certificate in PEM"),
        pem("text before the certificate", pem -> "x\n" + pem),
        pem("a blank line after the certificate", pem -> pem + "\n"),
        pem("two certificates", pem -> pem + pem),
        pem("a certificate on one line", pem -> pem.replaceFirst("(?s)(?<=[^-])\n(?=[^-])", "")),
        pem("carriage returns", pem -> pem.replace("\n", "\r\n")),
        of("a body that is no base64", b -> payload(b).put("body", "a"), "\"body\""),
        of(
            "a body that is too long",
            b -> payload(b).put("body", "AAAA".repeat(21_846)),
            "base64 of 65538 bytes; at most 65536"),
        of("a time that is a text", b -> payload(b).put("integratedTime", "1"), "whole number"),
        of("a time before 1970", b -> payload(b).put("integratedTime", -1), "whole number"),
        of("a time with a fraction", b -> payload(b).put("integratedTime", 1.0), "whole number"),
        of(
            "a time too late",
            b -> payload(b).put("integratedTime", 253_402_300_800L),
            "after the year 9999"),
        of("an index below 0", b -> payload(b).put("logIndex", -1), "whole number"),
        of("a log ID in upper case", b -> payload(b).put("logID", "AB".repeat(32)), "lower-case"),
        of("a log ID too short", b -> payload(b).put("logID", "ab".repeat(31)), "32 bytes"),
        of("a log ID too long", b -> payload(b).put("logID", "ab".repeat(33)), "32 bytes"),
        text(
            "today's bundle",
            json -> new String(SIGNED.bundle(), UTF_8),
            "\"mediaType\" does not belong there"));
  }

  private static Arguments text(String what, UnaryOperator<String> change, String reason) {
    return Arguments.of(what, change.apply(JSON), reason);
  }

  private static Arguments of(String what, Consumer<ObjectNode> change, String reason) {
    return Arguments.of(what, Attempt.edited(JSON, change), reason);
  }

  private static Arguments pem(String what, UnaryOperator<String> change) {
    String changed = change.apply(new String(SIGNED.pem(), UTF_8));
    String cert = Base64.getEncoder().encodeToString(changed.getBytes(UTF_8));
    return of(what, b -> b.put("cert", cert), "not one certificate in PEM of lines of 64");
  }

  private static ObjectNode payload(ObjectNode bundle) {
    return Attempt.at(bundle, "/rekorBundle/Payload");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void anythingElse(String what, String json, String reason) throws Exception {
    SignatureRefusedException refused = refused(utf8(json));

    assertThat(refused.code()).isEqualTo(Code.BUNDLE_MALFORMED);
    assertThat(refused.found()).as(what).contains(reason);
    assertThat(refused.signedBy()).isEmpty();
  }

  @Test
  void isReadUpToItsGreatestSize() throws Exception {
    int room = CosignBundle.MAX_SIZE - JSON.length();

    assertThat(CosignBundle.parse(utf8(JSON + " ".repeat(room))).entry().logIndex())
        .isEqualTo(SIGNED.logIndex());
    assertThat(refused(utf8(JSON + " ".repeat(room + 1))).found())
        .isEqualTo("131073 bytes, more than the 131072 allowed");
  }

  @Test
  void isReadWithTheLargestNumbersAndWithoutALineBreakAfterTheCertificate() throws Exception {
    String cert =
        Base64.getEncoder().encodeToString(new String(SIGNED.pem(), UTF_8).strip().getBytes(UTF_8));
    CosignBundle bundle =
        CosignBundle.parse(
            utf8(
                Attempt.edited(
                    JSON,
                    b -> {
                      b.put("cert", cert);
                      payload(b).put("integratedTime", 253_402_300_799L).put("logIndex", 0);
                    })));

    assertThat(bundle.certificate()).isEqualTo(Bytes.of(SIGNED.certificate()));
    assertThat(bundle.entry().logIndex()).isZero();
    assertThat(bundle.entry().integratedTime()).hasToString("9999-12-31T23:59:59Z");
  }

  @Test
  void holdsTheSignatureThatIsBesideIt() throws Exception {
    CosignBundle bundle = CosignBundle.parse(utf8(JSON));
    String sig = new String(SIGNED.sig(), UTF_8);

    bundle.requireSame(utf8(sig));
    bundle.requireSame(utf8("\n " + sig + "\r\n"));
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> bundle.requireSame(utf8(Attempt.flipped(sig, -1))))
        .matches(refused -> refused.code() == Code.SIGNATURE_FILE_DIFFERS);
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> bundle.requireSame(utf8(sig + "=")))
        .matches(refused -> refused.code() == Code.SIGNATURE_FILE_MALFORMED);
  }
}
