package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/**
 * The same signature in both forms: this project's own verifier of the older one, and sigstore-java
 * behind its adapter, say the same. Where one form has what the other has not, it is named.
 */
class BothFormsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] ARTIFACT = "a policy".getBytes(UTF_8);
  private static final WorkflowIdentity KMS = WorkflowIdentity.kms(true);

  private static final ExpectedSigner BEACON =
      new ExpectedSigner(
          "https://token.actions.githubusercontent.com",
          "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon"
              + "/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main",
          Optional.of("workflow_dispatch"),
          "Extremely dangerous OIDC beacon",
          "sigstore-conformance/extremely-dangerous-public-oidc-beacon",
          Optional.empty(),
          "refs/heads/main");

  /** Faults of proofs, checkpoints and a repeated digest: the older form has none of these. */
  private static final Set<String> IN_TODAYS_ONLY =
      Set.of(
          "checkpoint-bad-keyhint_fail",
          "checkpoint-wrong-roothash_fail",
          "inclusion-proof-corrupted-hash_fail",
          "invalid-checkpoint-signature_fail",
          "invalid-inclusion-proof_fail",
          "message-digest-mismatch_fail");

  @Test
  void sigstoresOwnCasesEndTheSameInTheOlderForm() throws IOException {
    Set<String> differ = new TreeSet<>();
    int compared = 0;
    for (ConformanceCase one : ConformanceCase.all()) {
      Optional<Bytes> older = OlderForm.of(one.bundle());
      if (older.isPresent()) {
        compared++;
        Verdict own = own(one.trustedRoot(), one.artifact(), older.get(), BEACON);
        Verdict library = todays(one.trustedRoot(), one.artifact(), one.bundle(), BEACON);
        if (!own.equals(library)) {
          differ.add(one.name());
          assertThat(library).as(one.name()).isEqualTo(Verdict.REFUSED);
        }
      }
    }
    System.out.printf(
        "Sigstore conformance in both forms: %d/%d alike, %d with faults in today's form only%n",
        compared - differ.size(), compared, differ.size());
    assertThat(compared).isGreaterThan(20);
    assertThat(differ).isEqualTo(IN_TODAYS_ONLY);
  }

  @Test
  void everyWayToSpoilASignatureEndsTheSameInBothForms() {
    Map<String, Consumer<Signing>> ways = ways(SimulatedSigstore.at(NOW));
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    ways.forEach((name, change) -> {
      SimulatedSigstore service = SimulatedSigstore.at(NOW);
      verdicts.put(name, both(service, service.sign(ARTIFACT, KMS, NOW, change), name));
    });
    System.out.printf("Simulated signatures in both forms: %d alike%n", verdicts.size());
    assertThat(verdicts)
        .allSatisfy((name, verdict) ->
            assertThat(verdict)
                .isEqualTo(name.startsWith("proper") ? Verdict.ACCEPTED : Verdict.REFUSED));
  }

  @Test
  void everyOtherSignerIsRefusedInBothForms() {
    SimulatedSigstore service = SimulatedSigstore.at(NOW);
    for (WorkflowIdentity other :
        new WorkflowIdentity[] {
          KMS.withIssuer("https://accounts.example.org"),
          KMS.withRepository("mallory/mero-tee", "1"),
          KMS.withRepository(KMS.repository(), "1"),
          KMS.withWorkflow("release-kms.yaml", "Test"),
          KMS.withWorkflow("test.yaml", KMS.name()),
          KMS.withRef("refs/heads/other"),
          KMS.withTrigger("pull_request")
        }) {
      assertThat(both(service, service.sign(ARTIFACT, other, NOW), other.uri()))
          .isEqualTo(Verdict.REFUSED);
    }
  }

  @Test
  void bothSayTheSameOfWhoSignedAndWhen() throws Exception {
    SimulatedSigstore service = SimulatedSigstore.at(NOW);
    SignedArtifact signed = service.sign(ARTIFACT, KMS, NOW);
    Bytes root = Bytes.of(service.trustedRootJson());
    ExpectedSigner expected = SimulatedBundlesTest.expected(KMS);
    Signer own =
        new SignatureVerifier(TrustedRoot.parse(root))
            .verify(
                Bytes.of(ARTIFACT), CosignBundle.parse(Bytes.of(signed.cosignBundle())), expected);
    Signer library =
        new TodaysBundles(root)
            .verify(ArtifactDigest.of(Bytes.of(ARTIFACT)), Bytes.of(signed.bundle()), expected);
    assertThat(library).usingRecursiveComparison().ignoringFields("form").isEqualTo(own);
  }

  private static Map<String, Consumer<Signing>> ways(SimulatedSigstore other) {
    Duration hour = Duration.ofHours(1);
    Duration ages = Duration.ofDays(20 * 365);
    UnaryOperator<byte[]> lastByte =
        bytes -> {
          bytes[bytes.length - 1] ^= 1;
          return bytes;
        };
    Map<String, Consumer<Signing>> ways = new LinkedHashMap<>();
    ways.put("proper", signing -> {});
    ways.put("proper, logged in the last second", s -> s.integratedTime(NOW.plusSeconds(600)));
    ways.put("another authority", s -> s.certificate(draft -> draft.issuedBy(other)));
    ways.put("certificate's signature", s -> s.certificate(draft -> draft.signature(lastByte)));
    ways.put("certificate for servers", s -> s.certificate(BothFormsTest::forServers));
    ways.put("no purpose", s -> s.certificate(draft -> draft.without("2.5.29.37")));
    ways.put(
        "key for certificates", s -> s.certificate(draft -> draft.keyUsage(KeyUsage.keyCertSign)));
    ways.put("certificate of an authority", s -> s.certificate(draft -> draft.authority(0)));
    ways.put(
        "changed behind the log",
        s -> s.certificateBehindTheLog(draft -> draft.identity("https://example.org")));
    ways.put("no certificate timestamp", Signing::withoutCertificateTimestamp);
    ways.put("another certificate log", s -> s.certificateLogOf(other));
    ways.put("spoiled certificate timestamp", s -> s.certificateTimestamp(lastByte));
    ways.put("logged too early", s -> s.integratedTime(NOW.minus(hour)));
    ways.put("logged too late", s -> s.integratedTime(NOW.plus(hour)));
    ways.put("logged a second too late", s -> s.integratedTime(NOW.plusSeconds(601)));
    ways.put("signed before the log", s -> old(s, NOW.minus(ages)));
    ways.put("another log", s -> s.logOf(other));
    ways.put("another entry promised", s -> s.promisedEntry(body -> body.replace('a', 'b')));
    ways.put("spoiled signature", s -> s.signature(lastByte));
    ways.put("entry of another kind", s -> s.logEntry(body -> body.replace("rekord", "record")));
    ways.put("entry of another version", s -> s.logEntry(body -> body.replace("0.0.1", "0.0.9")));
    ways.put("claim left out", s -> s.certificate(draft -> draft.withoutClaim(4)));
    ways.put("claims that differ", s -> s.certificate(draft -> draft.claim(14, "refs/heads/b")));
    return ways;
  }

  private static void forServers(
      network.calimero.tee.simulator.sigstore.CertificateDraft certificate) {
    certificate.purpose(KeyPurposeId.id_kp_serverAuth, false);
  }

  private static void old(Signing signing, Instant then) {
    signing.certificate(draft -> draft.validity(then, then.plusSeconds(600)));
    signing.certificateTimestampAt(then).integratedTime(then).stampedTime(then);
  }

  private static Verdict both(SimulatedSigstore service, SignedArtifact signed, String name) {
    Bytes root = Bytes.of(service.trustedRootJson());
    ExpectedSigner expected = SimulatedBundlesTest.expected(KMS);
    Bytes artifact = Bytes.of(ARTIFACT);
    Verdict own = own(root, artifact, Bytes.of(signed.cosignBundle()), expected);
    Verdict library = todays(root, artifact, Bytes.of(signed.bundle()), expected);
    assertThat(library).as(name).isEqualTo(own);
    return own;
  }

  private enum Verdict {
    ACCEPTED,
    REFUSED
  }

  private static Verdict own(Bytes root, Bytes artifact, Bytes bundle, ExpectedSigner expected) {
    try {
      new SignatureVerifier(TrustedRoot.parse(root))
          .verify(artifact, CosignBundle.parse(bundle), expected);
      return Verdict.ACCEPTED;
    } catch (SignatureRefusedException | MalformedException _) {
      return Verdict.REFUSED;
    }
  }

  private static Verdict todays(Bytes root, Bytes artifact, Bytes bundle, ExpectedSigner expected) {
    try {
      new TodaysBundles(root).verify(ArtifactDigest.of(artifact), bundle, expected);
      return Verdict.ACCEPTED;
    } catch (SignatureRefusedException | MalformedException _) {
      return Verdict.REFUSED;
    }
  }
}
