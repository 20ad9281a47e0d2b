package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bundles whose signature is over a statement that names a file. */
class StatementsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ArtifactDigest ARTIFACT =
      ArtifactDigest.of(Bytes.of("a policy".getBytes(UTF_8)));
  private static final WorkflowIdentity KMS = WorkflowIdentity.kms(true);
  private static final String TYPE = "application/vnd.in-toto+json";
  private static final String STATEMENT =
      """
      {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"policy.json",\
      "digest":{"sha256":"%s"}}],"predicateType":"https://example.org/withdrawn","predicate":{}}\
      """
          .formatted(ARTIFACT);

  private final SimulatedSigstore service = SimulatedSigstore.at(NOW);

  @Test
  void aProperStatementIsProvenButIsNoSignatureOfTheFile() throws Exception {
    Bytes bundle = statement(UnaryOperator.identity());
    assertThat(verifier().prove(ARTIFACT, bundle).statement()).isTrue();
    assertThat(refusal(bundle).code()).isEqualTo(Code.STATEMENT_NOT_SIGNATURE);
  }

  @Test
  void aStatementThatTheLogHasWithAnotherCertificateIsRefused() throws Exception {
    String other =
        Base64.getEncoder().encodeToString(service.sign("other".getBytes(UTF_8), KMS, NOW).pem());
    assertThat(refusal(statement(certificate -> other)).code())
        .isEqualTo(Code.LOG_ENTRY_OF_OTHER_CERTIFICATE);
    assertThat(refusal(statement(certificate -> "")).code())
        .isEqualTo(Code.LOG_ENTRY_OF_OTHER_CERTIFICATE);
  }

  private TodaysBundles verifier() throws Exception {
    return new TodaysBundles(Bytes.of(service.trustedRootJson()));
  }

  private SignatureRefusedException refusal(Bytes bundle) throws Exception {
    TodaysBundles verifier = verifier();
    return catchThrowableOfType(
        SignatureRefusedException.class,
        () -> verifier.verify(ARTIFACT, bundle, SimulatedBundlesTest.expected(KMS)));
  }

  /** The certificate, base64 of its PEM, is changed on its way into the log. */
  private Bytes statement(UnaryOperator<String> certificate) {
    String signedText =
        "DSSEv1 %d %s %d %s".formatted(TYPE.length(), TYPE, STATEMENT.length(), STATEMENT);
    SignedArtifact signed =
        service.sign(
            signedText.getBytes(UTF_8),
            KMS,
            NOW,
            signing -> signing.logEntry(entry -> logged(entry, certificate)));
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    String signature = bundle.at("/messageSignature/signature").stringValue();
    bundle.remove("messageSignature");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", base64(STATEMENT)).put("payloadType", TYPE);
    envelope.putArray("signatures").addObject().put("sig", signature);
    return Bytes.of(JsonMapper.shared().writeValueAsBytes(bundle));
  }

  /** An entry of kind dsse, 0.0.1, in place of the hashedrekord. */
  private static String logged(String hashedrekord, UnaryOperator<String> certificate) {
    JsonNode signature = JsonMapper.shared().readTree(hashedrekord).at("/spec/signature");
    return """
    {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256",\
    "value":"%s"},"payloadHash":{"algorithm":"sha256","value":"%s"},\
    "signatures":[{"signature":"%s","verifier":"%s"}]}}\
    """
        .formatted(
            Sha256.of("an envelope").hex(),
            Sha256.of(STATEMENT).hex(),
            signature.path("content").stringValue(),
            certificate.apply(signature.at("/publicKey/content").stringValue()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
