package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReleaseShowDiffTest {
  @TempDir Path directory;

  private final SimulatedSigstore sigstore =
      SimulatedSigstore.at(Instant.parse("2026-09-26T13:56:56Z"));

  private SimulatedRelease release(String version, ReleaseGeneration generation) {
    return SimulatedRelease.builder(version, generation).sigstore(sigstore).build();
  }

  @Test
  void showsWhatAGenuineReleaseAllows() throws IOException {
    try (ServedRelease served =
        new ServedRelease(directory, release("2.3.74", ReleaseGeneration.B))) {
      Cli.Result result = served.run("show", "2.3.74");
      assertThat(result.exit()).as(result.err()).isEqualTo(Exits.OK);
      assertThat(result.out())
          .contains("generation      B", "KMS, locked-read-only", "node, debug", "compose hash ")
          .contains("published-mrtds.json", "NOT Sigstore's");
      JsonNode json = served.run("show", "2.3.74", "--json").json();
      assertThat(json.at("/cohorts/0/mrtd/0").stringValue()).hasSize(96);
    }
  }

  @Test
  void showsNothingOfOneThatIsNot() throws IOException {
    SimulatedRelease spoiled =
        release("2.3.40", ReleaseGeneration.A)
            .change("published-mrtds.json", content -> new byte[] {'{', '}'});
    try (ServedRelease served = new ServedRelease(directory, spoiled)) {
      Cli.Result result = served.run("show", "2.3.40");
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("published-mrtds.json");
      JsonNode json = served.run("show", "2.3.40", "--json").json();
      assertThat(json.path("verified").booleanValue(true)).isFalse();
    }
  }

  @Test
  void comparesTwoReleasesRegisterByRegister() throws IOException {
    try (ServedRelease served =
        new ServedRelease(
            directory,
            release("2.3.40", ReleaseGeneration.A),
            release("2.3.41", ReleaseGeneration.A))) {
      Cli.Result result = served.run("diff", "2.3.40", "2.3.41");
      assertThat(result.exit()).as(result.err()).isEqualTo(Exits.OK);
      assertThat(result.firstLine()).startsWith("DIFFERENT: ");
      assertThat(result.out()).contains("  RTMR3 ", "- ", "+ ", "NOT Sigstore's");
      assertThat(served.run("diff", "2.3.40", "2.3.41", "--exit-code").exit())
          .isEqualTo(Exits.REJECTED);
      JsonNode same = served.run("diff", "2.3.40", "2.3.40", "--json", "--exit-code").json();
      assertThat(same.path("same").booleanValue(false)).isTrue();
    }
  }

  @Test
  void policiesOfOnesOwnAreComparedWithVerifiedReleases() throws IOException {
    SimulatedRelease genuine = release("2.3.40", ReleaseGeneration.A);
    String name = "kms-phala-attestation-policy.debug.json";
    Path own = Files.write(directory.resolve("own.json"), genuine.file(name));
    try (ServedRelease served =
        new ServedRelease(
            directory,
            genuine,
            release("2.3.41", ReleaseGeneration.A)
                .change(name, content -> new byte[] {'{', '}'}))) {
      Cli.Result result = served.runPolicy("diff", "2.3.40", own, "--no-cache");
      assertThat(result.exit()).as(result.err()).isEqualTo(Exits.OK);
      assertThat(result.out()).contains("KMS, debug (KMS policy): unchanged", ": only before");
      assertThat(result.err()).contains("warning: ", "NOT Sigstore's");
      assertThat(served.runPolicy("diff", own, "2.3.41", "--no-cache").exit())
          .isEqualTo(Exits.REJECTED);
    }
  }
}
