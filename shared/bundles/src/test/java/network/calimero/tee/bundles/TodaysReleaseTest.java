package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.source.KeptLogAnswers;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.ReleaseVerifier;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases whose files come with today's bundles. */
class TodaysReleaseTest {
  private static final String MANIFEST = "kms-phala-release-manifest.json";
  private static final String POLICY = "kms-phala-attestation-policy.json";
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.builder("2.3.40", ReleaseGeneration.A).todaysBundles().build();

  @TempDir Path folder;

  /** The code of the refusal, or "genuine". */
  private String verified(SimulatedRelease release) throws Exception {
    release.writeTo(folder);
    Bytes root = Bytes.of(release.sigstore().trustedRootJson());
    SignatureVerifier older = new SignatureVerifier(TrustedRoot.parse(root));
    ReleaseFolder files = new ReleaseFolder(folder);
    Signatures signatures =
        new Signatures(
            new RecognizedBundles(older, () -> new TodaysBundles(root)),
            older,
            new KeptLogAnswers(files, Optional.empty()));
    ReleaseReport report =
        new ReleaseVerifier(files, signatures, SignerRule.OFFICIAL, Optional.empty())
            .verify(ReleaseVersion.of(release.version()).orElseThrow(), Scope.BOTH);
    return switch (report.outcome()) {
      case ReleaseReport.Genuine _ -> "genuine";
      case ReleaseReport.Refused(var refusal) -> refusal.code();
      case ReleaseReport.Unknown(var failure) -> failure.code().text();
    };
  }

  @Test
  void verify() throws Exception {
    assertThat(new String(RELEASE.file(MANIFEST + ".bundle.json"), UTF_8))
        .contains("application/vnd.dev.sigstore.bundle");
    assertThat(verified(RELEASE)).isEqualTo("genuine");
  }

  @Test
  void areRefusedWhereTheSigIsAnotherSignature() throws Exception {
    assertThat(verified(RELEASE.with(MANIFEST + ".sig", RELEASE.file(POLICY + ".sig"))))
        .isEqualTo("signature_signature_file_differs");
  }

  @Test
  void areRefusedWhereThePemIsAnotherCertificate() throws Exception {
    assertThat(verified(RELEASE.with(MANIFEST + ".pem", RELEASE.file(POLICY + ".pem"))))
        .isEqualTo("release_certificate_file_differs");
  }
}
