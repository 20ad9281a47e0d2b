package network.calimero.tee.release.verify;

import static org.assertj.core.api.Assertions.assertThat;

import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
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
}
