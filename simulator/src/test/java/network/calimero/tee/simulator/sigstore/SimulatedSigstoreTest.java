package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Seed;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every part of a signature holds under the trusted root, in the forms that releases have. */
class SimulatedSigstoreTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant SIGNED = Instant.parse("2026-09-26T13:57:04Z");
  private static final byte[] ARTIFACT = "{\"a\":\"policy\"}".getBytes(UTF_8);

  private final SimulatedSigstore service = SimulatedSigstore.at(SIGNED.plus(Duration.ofDays(30)));
  private final Verifier verifier = new Verifier(service.trustedRootJson());
  private final WorkflowIdentity identity = WorkflowIdentity.kms(false);

  @Test
  void theSignatureIsOverTheArtifactByTheCertificatesKey() {
    SignedArtifact signed = service.sign(ARTIFACT, identity, SIGNED);

    assertThat(Base64.getDecoder().decode(signed.sig())).isEqualTo(signed.signature());
    assertThat(verifier.signed(signed.pem(), ARTIFACT, signed.signature())).isTrue();
    assertThat(verifier.signed(signed.pem(), "another".getBytes(UTF_8), signed.signature()))
        .isFalse();
  }

  @Test
  void theCertificateChainsToTheRootWhileItIsValidOnly() {
    SignedArtifact signed = service.sign(ARTIFACT, identity, SIGNED);

    assertThat(verifier.chains(signed.certificate(), signed.integratedTime())).isTrue();
    assertThat(verifier.chains(signed.certificate(), SIGNED.plus(Duration.ofMinutes(11))))
        .isFalse();
  }

  @Test
  void theCertificateLogPromisedThePrecertificate() {
    SignedArtifact signed = service.sign(ARTIFACT, identity, SIGNED);
    SignedArtifact changed =
        service.sign(
            ARTIFACT,
            identity,
            SIGNED,
            signing -> signing.certificateBehindTheLog(draft -> draft.claim(20, "schedule")));

    assertThat(verifier.certificateLogged(signed.certificate())).isTrue();
    assertThat(verifier.certificateLogged(changed.certificate())).isFalse();
  }

  @Test
  void theCertificateNamesTheWorkflowInBothEncodings() {
    byte[] certificate = service.sign(ARTIFACT, identity, SIGNED).certificate();

    assertThat(verifier.identity(certificate))
        .isEqualTo(
            "https://github.com/calimero-network/mero-tee/.github/workflows/"
                + "release-kms-phala.yaml@refs/heads/master");
    assertThat(verifier.claim(certificate, 4)).isEqualTo("Release mero-kms".getBytes(UTF_8));
    assertThat(verifier.utf8Claim(certificate, 8)).isEqualTo(identity.issuer());
    assertThat(verifier.utf8Claim(certificate, 9)).isEqualTo(identity.uri());
    assertThat(verifier.utf8Claim(certificate, 15)).isEqualTo("1171521817");
    assertThat(verifier.utf8Claim(certificate, 20)).isEqualTo("push");
  }

  @Test
  void theOlderBundleHoldsTheLogsPromiseForItsEntry() {
    SignedArtifact signed = service.sign(ARTIFACT, identity, SIGNED);
    JsonNode bundle = JSON.readTree(signed.cosignBundle());
    JsonNode rekor = bundle.get("rekorBundle");
    JsonNode payload = rekor.get("Payload");

    assertThat(bundle.propertyNames()).containsExactly("base64Signature", "cert", "rekorBundle");
    assertThat(payload.propertyNames())
        .containsExactly("body", "integratedTime", "logIndex", "logID");
    assertThat(bundle.get("base64Signature").stringValue()).isEqualTo(text(signed.sig()));
    assertThat(decoded(bundle.get("cert"))).isEqualTo(signed.pem());
    assertThat(verifier.promised(payload, decoded(rekor.get("SignedEntryTimestamp")))).isTrue();
    JsonNode entry = JSON.readTree(decoded(payload.get("body"))).get("spec");
    assertThat(entry.at("/data/hash/value").stringValue()).isEqualTo(Verifier.sha256(ARTIFACT));
    assertThat(decoded(entry.at("/signature/publicKey/content"))).isEqualTo(signed.pem());
  }

  @Test
  void aPromiseForAnotherEntryDoesNotVerify() {
    SignedArtifact signed =
        service.sign(
            ARTIFACT,
            identity,
            SIGNED,
            signing -> signing.promisedEntry(entry -> entry.replace("sha256", "sha512")));
    JsonNode rekor = JSON.readTree(signed.cosignBundle()).get("rekorBundle");

    byte[] promise = decoded(rekor.get("SignedEntryTimestamp"));
    assertThat(verifier.promised(rekor.get("Payload"), promise)).isFalse();
  }

  @Test
  void theBundleProvesThatTheLogHasTheEntry() {
    List<SignedArtifact> all =
        List.of("a", "b", "c", "d", "e", "f", "g").stream()
            .map(text -> service.sign(text.getBytes(UTF_8), identity, SIGNED))
            .toList();

    for (SignedArtifact signed : all) {
      JsonNode bundle = JSON.readTree(signed.bundle());
      JsonNode entry = bundle.at("/verificationMaterial/tlogEntries/0");
      assertThat(bundle.get("mediaType").stringValue())
          .isEqualTo("application/vnd.dev.sigstore.bundle.v0.3+json");
      assertThat(verifier.included(entry)).isTrue();
      assertThat(decoded(bundle.at("/messageSignature/signature"))).isEqualTo(signed.signature());
    }
  }

  @Test
  void theTimestampIsOverTheSignature() {
    SignedArtifact signed = service.sign(ARTIFACT, identity, SIGNED);
    Timestamp timestamp = new Timestamp(signed.timestamp());
    JsonNode authority =
        JSON.readTree(service.trustedRootJson()).at("/timestampAuthorities/0/certChain");

    assertThat(timestamp.digest()).isEqualTo(Verifier.sha256(signed.signature()));
    assertThat(timestamp.time()).isEqualTo(signed.integratedTime());
    assertThat(timestamp.signer()).isEqualTo(decoded(authority.at("/certificates/0/rawBytes")));
    assertThat(timestamp.isSigned()).isTrue();
  }

  @Test
  void eachPartCanComeFromAnotherService() {
    SimulatedSigstore other = SimulatedSigstore.at(SIGNED);
    SignedArtifact issued = spoiled(signing -> signing.certificate(draft -> draft.issuedBy(other)));
    SignedArtifact promised = spoiled(signing -> signing.certificateLogOf(other));
    SignedArtifact logged = spoiled(signing -> signing.logOf(other));

    assertThat(verifier.chains(issued.certificate(), SIGNED)).isFalse();
    assertThat(verifier.chains(promised.certificate(), SIGNED)).isTrue();
    assertThat(verifier.certificateLogged(promised.certificate())).isFalse();
    assertThat(verifier.certificateLogged(logged.certificate())).isTrue();
    JsonNode rekor = JSON.readTree(logged.cosignBundle()).get("rekorBundle");
    byte[] promise = decoded(rekor.get("SignedEntryTimestamp"));
    assertThat(verifier.promised(rekor.get("Payload"), promise)).isFalse();
    Verifier others = new Verifier(other.trustedRootJson());
    assertThat(others.promised(rekor.get("Payload"), promise)).isTrue();
  }

  @Test
  void partsCanBeLeftOutOrSpoiled() {
    SignedArtifact unlogged = spoiled(Signing::withoutCertificateTimestamp);
    SignedArtifact expired =
        spoiled(signing ->
            signing.certificate(draft -> draft.validity(SIGNED.minusSeconds(9), SIGNED)));
    SignedArtifact broken = spoiled(signing -> signing.signature(der -> new byte[] {48, 0}));
    SignedArtifact anonymous =
        spoiled(signing -> signing.certificate(draft -> draft.withoutClaim(15)));

    assertThat(verifier.hasExtension(unlogged.certificate(), CertificateDraft.SCT_OID)).isFalse();
    assertThat(verifier.chains(unlogged.certificate(), SIGNED)).isTrue();
    assertThat(verifier.chains(expired.certificate(), expired.integratedTime())).isFalse();
    assertThat(broken.sig()).isEqualTo(Base64.getEncoder().encode(new byte[] {48, 0}));
    String repositoryId = "1.3.6.1.4.1.57264.1.15";
    assertThat(verifier.hasExtension(anonymous.certificate(), repositoryId)).isFalse();
    assertThat(verifier.hasExtension(unlogged.certificate(), repositoryId)).isTrue();
  }

  private SignedArtifact spoiled(Consumer<Signing> change) {
    return service.sign(ARTIFACT, identity, SIGNED, change);
  }

  @Test
  void aSeededServiceIsReproducibleToTheByte() {
    Seed seed = Seed.of("twins");
    SimulatedSigstore one = SimulatedSigstore.of(seed, SIGNED);
    SimulatedSigstore other = SimulatedSigstore.of(seed, SIGNED);

    assertThat(one.trustedRootJson()).isEqualTo(other.trustedRootJson());
    assertThat(one.sign(ARTIFACT, identity, SIGNED).bundle())
        .isEqualTo(other.sign(ARTIFACT, identity, SIGNED).bundle());
    assertThat(service.trustedRootJson()).isNotEqualTo(one.trustedRootJson());
  }

  private static byte[] decoded(JsonNode base64) {
    return Base64.getDecoder().decode(base64.stringValue());
  }

  private static String text(byte[] ascii) {
    return new String(ascii, UTF_8);
  }
}
