package network.calimero.tee.release.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.simulator.releases.ReleaseFamily;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseVerifierTest {
  @ParameterizedTest
  @CsvSource({"2.3.40, A", "2.3.74, B", "2.3.112, C"})
  void releasesOfEveryGenerationVerify(String version, ReleaseGeneration generation)
      throws Exception {
    SimulatedRelease release = SimulatedRelease.of(version, generation);
    try (ReleaseServer server = ReleaseServer.start().serve(release)) {
      ReleaseReport report = Simulated.verify(server, release.sigstore(), version);
      assertThat(report.outcome()).isInstanceOf(ReleaseReport.Genuine.class);
    }
  }

  private static ReleaseReport verify(SimulatedRelease release) throws Exception {
    try (ReleaseServer server = ReleaseServer.start().serve(release)) {
      return Simulated.verify(server, release.sigstore(), release.version());
    }
  }

  private static List<Check> ended(ReleaseReport report, Check.Result result) {
    return report.checks().stream().filter(check -> check.result() == result).toList();
  }

  @Test
  void whatAGenerationDoesNotPromiseIsNoted() throws Exception {
    SimulatedRelease release =
        SimulatedRelease.of("2.3.40", ReleaseGeneration.A)
            .resignJson("kms-phala-attestation-policy.json", d -> d.put("generated_at", "later"));
    ReleaseReport report = verify(release);
    assertThat(report.outcome()).isInstanceOf(ReleaseReport.Genuine.class);
    assertThat(ended(report, Check.Result.NOTED))
        .extracting(Check::subject)
        .contains(
            "kms-phala-attestation-policy.json",
            "kms-phala-compatibility-map.json",
            "kms-phala-rekor-index.json",
            "kms-phala-trust-bundle.tar.gz");
    assertThat(ended(report, Check.Result.PASSED))
        .noneMatch(check -> check.what().equals("index") || check.what().equals("copies"));
  }

  @Test
  void releasesFromBeforeThereWereProfilesVerifyAndSayWhatWasSkipped() throws Exception {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.7", ReleaseGeneration.A)
            .changeJson(
                "kms-phala-release-manifest.json",
                manifest -> {
                  manifest.remove("container_profile_digests");
                  manifest.withObjectProperty("verification").remove("policy_profile_assets");
                })
            .changeJson(
                "kms-phala-container-metadata.json",
                metadata -> metadata.remove("container_profile_digests"))
            .build()
            .without(
                "kms-phala-attestation-policy.debug.json",
                "kms-phala-attestation-policy.debug-read-only.json",
                "kms-phala-attestation-policy.locked-read-only.json",
                "kms-phala-compatibility-map.json",
                "kms-phala-rekor-index.json",
                "kms-phala-trust-bundle.tar.gz");
    ReleaseReport report = verify(release);
    assertThat(report.outcome()).as("%s", report).isInstanceOf(ReleaseReport.Genuine.class);
    assertThat(ended(report, Check.Result.SKIPPED))
        .extracting(Check::what)
        .contains("completeness", "policies of profiles", "index", "copies");
  }

  @Test
  void namesOfTheOtherGenerationAreFoundWhateverTheVersion() throws Exception {
    ReleaseReport early = verify(SimulatedRelease.of("2.3.60", ReleaseGeneration.C));
    ReleaseReport late = verify(SimulatedRelease.of("2.4.0", ReleaseGeneration.B));
    assertThat(((ReleaseReport.Genuine) early.outcome()).release().generation())
        .isEqualTo(Generation.C);
    assertThat(((ReleaseReport.Genuine) late.outcome()).release().generation())
        .isEqualTo(Generation.B);
  }

  @Test
  void certificatesMayBeInBase64Again() throws Exception {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.40", ReleaseGeneration.A).certificatesInBase64().build();
    assertThat(verify(release).outcome()).isInstanceOf(ReleaseReport.Genuine.class);
  }

  @Test
  void othersWhoLogASignatureOverTheSameFileDoNotHideTheRightOne() throws Exception {
    SimulatedSigstore sigstore = SimulatedSigstore.at(Instant.parse("2026-09-26T13:50:00Z"));
    byte[] provenance =
        SimulatedRelease.of("2.3.40", ReleaseGeneration.A).file("release-provenance.json");
    WorkflowIdentity stranger = WorkflowIdentity.of("a.yaml", "A").withRepository("x/y", "1");
    for (int i = 0; i < 15; i++) {
      sigstore.sign(provenance, stranger, Instant.parse("2026-09-26T13:50:00Z"));
    }
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.40", ReleaseGeneration.A)
            .sigstore(sigstore)
            .build()
            .withoutNodeBundles();
    assertThat(release.file("release-provenance.json")).isEqualTo(provenance);
    ReleaseReport report = verify(release);
    assertThat(report.outcome()).as("%s", report).isInstanceOf(ReleaseReport.Genuine.class);
  }

  @Test
  void theKmsAloneIsVerifiedWithoutAskingForNodeImages() throws Exception {
    SimulatedRelease release =
        SimulatedRelease.of("2.3.40", ReleaseGeneration.A).without(ReleaseFamily.NODE);
    try (ReleaseServer server = ReleaseServer.start().serve(release)) {
      ReleaseReport report = Simulated.verifyKms(server, release.sigstore(), "2.3.40");
      assertThat(report.outcome()).isInstanceOf(ReleaseReport.Genuine.class);
      assertThat(server.requests()).noneMatch(request -> request.path().contains("mero-tee-v"));
    }
  }
}
