package network.calimero.tee.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Signatures that AWS has published for its own example requests. */
class SignatureV4Test {
  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
  private static final URI EXAMPLE = URI.create("https://example.amazonaws.com/");
  private static final Credentials KEY =
      new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());
  private static final SignatureV4 SIGNATURE = new SignatureV4(KEY, "us-east-1", "service");

  @Test
  void theExampleWithoutAnythingIsSignedAsPublished() {
    Map<String, String> signed = SIGNATURE.sign("GET", EXAMPLE, Map.of(), Bytes.EMPTY, NOW);
    assertThat(signed)
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
        .containsEntry("x-amz-date", "20150830T123600Z")
        .doesNotContainKey("host");
  }

  @Test
  void theExampleOfAPostIsSignedAsPublished() {
    assertThat(SIGNATURE.sign("POST", EXAMPLE, Map.of(), Bytes.EMPTY, NOW).get("authorization"))
        .endsWith("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void theSessionOfARoleIsSentAndSigned() {
    Credentials role = new Credentials("A", "s3cret", Optional.of("t0ken"));
    Map<String, String> signed =
        new SignatureV4(role, "us-east-1", "ssm").sign("GET", EXAMPLE, Map.of(), Bytes.EMPTY, NOW);
    assertThat(signed).containsEntry("x-amz-security-token", "t0ken");
    assertThat(signed.get("authorization")).contains("host;x-amz-date;x-amz-security-token");
    assertThat(role.toString()).doesNotContain("s3cret", "t0ken");
  }
}
