package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Today's bundles of a simulated Sigstore: what holds, and each thing that does not. */
class SimulatedBundlesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] ARTIFACT = "a policy".getBytes(UTF_8);
  private static final WorkflowIdentity KMS = WorkflowIdentity.kms(false);

  private final SimulatedSigstore service = SimulatedSigstore.at(NOW);

  @Test
  void saysWhoSignedAndWhenAndWhereItIsLogged() throws Exception {
    service.sign("before".getBytes(UTF_8), KMS, NOW);
    SignedArtifact signed = service.sign(ARTIFACT, KMS, NOW);
    service.sign("after".getBytes(UTF_8), KMS, NOW);
    Signer signer = verify(signed.bundle(), KMS);
    assertThat(signer.identity()).isEqualTo(KMS.uri());
    assertThat(signer.issuer()).isEqualTo(KMS.issuer());
    assertThat(signer.workflowName()).isEqualTo(KMS.name());
    assertThat(signer.repositoryId()).contains(KMS.repositoryId());
    assertThat(signer.commit()).isEqualTo(KMS.commit());
    assertThat(signer.logIndex()).isEqualTo(signed.logIndex());
    assertThat(signer.integratedTime()).isEqualTo(signed.integratedTime());
    assertThat(signer.form()).isEqualTo(SignedBy.Form.TODAYS_BUNDLE);
  }

  @Test
  void believesATimestampWhereTheLogPromisedNothing() throws Exception {
    SignedArtifact signed =
        service.sign(ARTIFACT, KMS, NOW, signing -> signing.stampedTime(NOW.plusSeconds(5)));
    byte[] bundle = changed(signed, node -> entry(node).remove("inclusionPromise"));
    Signer signer = verify(bundle, KMS);
    assertThat(signer.integratedTime()).isEqualTo(NOW.plusSeconds(5));
    assertThat(signer.logIndex()).as("what the proof says").isZero();
  }

  @Test
  void wantsSomebodyToVouchForTheTime() {
    SignedArtifact signed = service.sign(ARTIFACT, KMS, NOW);
    byte[] bundle =
        changed(
            signed,
            node -> {
              entry(node).remove("inclusionPromise");
              material(node).remove("timestampVerificationData");
            });
    assertThat(refusal(bundle, KMS).code()).isEqualTo(Code.TODAYS_BUNDLE_MALFORMED);
  }

  @Test
  void takesNoTimeFromASecondLogEntry() {
    SignedArtifact signed = service.sign(ARTIFACT, KMS, NOW);
    byte[] bundle =
        changed(
            signed,
            node -> {
              ObjectNode second = entry(node).deepCopy();
              entry(node).remove("inclusionPromise");
              material(node).remove("timestampVerificationData");
              ((ArrayNode) material(node).path("tlogEntries")).add(second);
            });
    SignatureRefusedException refusal = refusal(bundle, KMS);
    assertThat(refusal.code()).isEqualTo(Code.TODAYS_BUNDLE_MALFORMED);
    assertThat(refusal.found()).isEqualTo("2");
  }

  @Test
  void refusesASignatureLoggedBeforeOrAfterTheCertificateWasValid() {
    Duration hour = Duration.ofHours(1);
    for (Instant then : new Instant[] {NOW.minus(hour), NOW.plus(hour)}) {
      assertThat(refusal(signing -> signing.integratedTime(then)).code())
          .isEqualTo(Code.CERTIFICATE_NOT_VALID_THEN);
      assertThat(refusal(signing -> signing.stampedTime(then)).code())
          .isIn(Code.TIMESTAMP_REFUSED, Code.CERTIFICATE_NOT_VALID_THEN);
    }
  }

  @Test
  void refusesAProofForAnotherTreeThanTheSignedOne() {
    SignedArtifact signed = service.sign(ARTIFACT, KMS, NOW);
    byte[] larger = changed(signed, node -> proof(node).put("treeSize", "2"));
    assertThat(refusal(larger, KMS).reason()).contains("another tree");
    byte[] beyond = changed(signed, node -> proof(node).put("logIndex", "1"));
    assertThat(refusal(beyond, KMS).reason()).contains("does not have");
    byte[] before = changed(signed, node -> proof(node).put("logIndex", "-1"));
    assertThat(refusal(before, KMS).code())
        .isIn(Code.LOG_ENTRY_REFUSED, Code.TODAYS_BUNDLE_MALFORMED);
  }

  @Test
  void refusesACertificateThatIsNotForSigningCode() {
    assertThat(
            refusal(signing ->
                    signing.certificate(
                        draft -> draft.purpose(KeyPurposeId.id_kp_serverAuth, false)))
                .code())
        .isEqualTo(Code.CERTIFICATE_NOT_FOR_SIGNING);
  }

  @Test
  void refusesWhateverAnotherServiceVouchesFor() {
    SimulatedSigstore other = SimulatedSigstore.at(NOW);
    assertThat(refusal(signing -> signing.certificate(draft -> draft.issuedBy(other))).code())
        .isEqualTo(Code.CERTIFICATE_REFUSED);
    assertThat(refusal(signing -> signing.certificateLogOf(other)).code())
        .isEqualTo(Code.CERTIFICATE_REFUSED);
    assertThat(refusal(Signing::withoutCertificateTimestamp).code())
        .isEqualTo(Code.CERTIFICATE_REFUSED);
    assertThat(refusal(signing -> signing.logOf(other)).code()).isEqualTo(Code.LOG_ENTRY_REFUSED);
  }

  @Test
  void refusesAnotherFile() {
    byte[] bundle = service.sign("another".getBytes(UTF_8), KMS, NOW).bundle();
    assertThat(refusal(bundle, KMS).code()).isEqualTo(Code.SIGNATURE_WRONG);
  }

  @Test
  void refusesAnotherSignerAndSaysWhoItWas() {
    assertOther(Code.OTHER_ISSUER, KMS.withIssuer("https://accounts.example.org"));
    assertOther(Code.OTHER_REPOSITORY, KMS.withRepository("mallory/mero-tee", "1"));
    assertOther(Code.OTHER_REPOSITORY_ID, KMS.withRepository(KMS.repository(), "1"));
    assertOther(Code.OTHER_WORKFLOW, KMS.withWorkflow("release-kms-phala.yaml", "Test"));
    assertOther(Code.OTHER_REF, KMS.withRef("refs/heads/other"));
    assertOther(Code.OTHER_TRIGGER, KMS.withTrigger("pull_request"));
    assertOther(Code.OTHER_IDENTITY, KMS.withWorkflow("test.yaml", KMS.name()));
  }

  private void assertOther(Code code, WorkflowIdentity other) {
    byte[] bundle = service.sign(ARTIFACT, other, NOW).bundle();
    SignatureRefusedException refusal = refusal(bundle, KMS);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.signedBy().orElseThrow()).contains(other.uri());
  }

  @Test
  void refusesWhatIsTooLongAndNamesThatAreThereTwice() {
    byte[] proper = service.sign(ARTIFACT, KMS, NOW).bundle();
    String text = new String(proper, UTF_8);
    byte[] twice =
        text.replaceFirst(
                "\\{", "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",")
            .getBytes(UTF_8);
    assertThat(refusal(twice, KMS).reason()).contains("Duplicate");
    byte[] padded = (" ".repeat(TodaysBundle.MAX_SIZE) + text).getBytes(UTF_8);
    assertThat(refusal(padded, KMS).reason()).contains("too long");
    byte[] cut = text.substring(0, text.length() / 2).getBytes(UTF_8);
    assertThat(refusal(cut, KMS).code()).isEqualTo(Code.TODAYS_BUNDLE_MALFORMED);
  }

  private SignatureRefusedException refusal(Consumer<Signing> change) {
    return refusal(service.sign(ARTIFACT, KMS, NOW, change).bundle(), KMS);
  }

  private SignatureRefusedException refusal(byte[] bundle, WorkflowIdentity expected) {
    return Objects.requireNonNull(
        catchThrowableOfType(SignatureRefusedException.class, () -> verify(bundle, expected)));
  }

  private Signer verify(byte[] bundle, WorkflowIdentity expected) throws Exception {
    TodaysBundles verifier = new TodaysBundles(Bytes.of(service.trustedRootJson()));
    return verifier.verify(
        ArtifactDigest.of(Bytes.of(ARTIFACT)), Bytes.of(bundle), expected(expected));
  }

  static ExpectedSigner expected(WorkflowIdentity identity) {
    return new ExpectedSigner(
        identity.issuer(),
        identity.uri(),
        Optional.of(identity.trigger()),
        identity.name(),
        identity.repository(),
        Optional.of(identity.repositoryId()),
        identity.ref());
  }

  private static byte[] changed(SignedArtifact signed, Consumer<ObjectNode> change) {
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    change.accept(bundle);
    return JsonMapper.shared().writeValueAsBytes(bundle);
  }

  private static ObjectNode material(ObjectNode bundle) {
    return (ObjectNode) bundle.path("verificationMaterial");
  }

  private static ObjectNode entry(ObjectNode bundle) {
    return (ObjectNode) material(bundle).path("tlogEntries").path(0);
  }

  private static ObjectNode proof(ObjectNode bundle) {
    return (ObjectNode) entry(bundle).path("inclusionProof");
  }
}
