package network.calimero.tee.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.fulcio.client.FulcioVerifier;
import dev.sigstore.rekor.client.ImmutableRekorEntry;
import dev.sigstore.rekor.client.ImmutableVerification;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;

/**
 * The signed policy of a real release exists in the older form only, which sigstore-java as a whole
 * cannot verify, for the form has no inclusion proof. Its parts can judge everything that it has.
 */
class RealPolicyTest {
  private static final String NAME = "kms-phala-attestation-policy.locked-read-only.json";

  @Test
  void partsOfTheLibraryAgreeOnARealOlderBundle() throws Exception {
    Path folder = Path.of(System.getProperty("mero.corpus", ""), "mero-tee", "signed-policy");
    boolean there = Files.isRegularFile(folder.resolve(NAME));
    if (!there) {
      System.out.println("SKIPPED: no real signed policy at " + folder);
    }
    assumeTrue(there, "no real signed policy");
    Bytes policy = Bytes.of(Files.readAllBytes(folder.resolve(NAME)));
    CosignBundle bundle =
        CosignBundle.parse(Bytes.of(Files.readAllBytes(folder.resolve(NAME + ".bundle.json"))));
    SigstoreTrustedRoot root = SigstoreRoots.parse(TrustedRoot.publicGoodJson());
    X509Certificate certificate =
        (X509Certificate) Certificates.fromDer(bundle.certificate().toArray());

    FulcioVerifier.newFulcioVerifier(root)
        .verifySigningCertificate(Certificates.toCertPath(certificate));
    assertThat(
            Verifiers.newVerifier(certificate.getPublicKey())
                .verifyDigest(Sha256.of(policy).toArray(), bundle.signature().toArray()))
        .isTrue();
    LogEntry entry = bundle.entry();
    TransparencyLog log =
        TransparencyLog.find(root.getTLogs(), entry.logId().toArray(), entry.integratedTime())
            .orElseThrow();
    var key = Verifiers.newVerifier(log.getPublicKey().toJavaPublicKey());
    byte[] promise = entry.promise().toArray();
    assertThat(key.verify(rekorEntry(entry, 0).getSignableContent(), promise)).isTrue();
    assertThat(key.verify(rekorEntry(entry, 1).getSignableContent(), promise)).isFalse();
  }

  private static RekorEntry rekorEntry(LogEntry entry, int secondsLater) {
    return ImmutableRekorEntry.builder()
        .body(entry.body())
        .integratedTime(entry.integratedTime().getEpochSecond() + secondsLater)
        .logID(entry.logId().hex())
        .logIndex(entry.logIndex())
        .verification(ImmutableVerification.builder().build())
        .build();
  }
}
