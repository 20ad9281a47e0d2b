package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/release/verify-release-assets.sh as operators run it, lines and exit codes. */
class VerifyReleaseScriptTest {
  private static final String MANIFEST = "kms-phala-release-manifest.json";

  @TempDir Path directory;

  private final SimulatedRelease release = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
  private Path temporary = Path.of("");
  private HandedOver meroTee;

  /** What a run did: exit code and standard output. */
  private record Run(int exit, String out) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    meroTee = new HandedOver(directory.resolve("program"));
  }

  @AfterEach
  void stop() throws IOException {
    meroTee.close();
  }

  private Run run(Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(
        Path.of(System.getProperty("mero.root"), "scripts/release").toString()
            + "/verify-release-assets.sh");
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("MERO_TEE", meroTee.program().toString());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("RELEASE_WAIT_SECONDS", "0");
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out);
  }

  private Run verify(ServedRelease served, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("RELEASES_URL", served.server().releases().toString());
    environment.put("REKOR_URL", served.server().log().toString());
    return run(environment, "2.3.40", "--trusted-root", served.root());
  }

  @Test
  void printsTheLinesThatItAlwaysPrinted() throws Exception {
    try (ServedRelease served = new ServedRelease(directory, release)) {
      Run run = verify(served, Map.of());
      assertThat(run.exit()).as(run.out()).isZero();
      assertThat(run.lines())
          .contains(
              "Verifying release 2.3.40 in calimero-network/mero-tee...",
              "-> Verifying mero-kms release asset set from mero-kms-v2.3.40",
              "mero-kms-phala_x86_64-unknown-linux-gnu.tar.gz: OK",
              "mero-kms-phala_aarch64-unknown-linux-gnu.tar.gz: OK",
              "-> Verifying mero-tee release asset set from mero-tee-v2.3.40")
          .anyMatch(line -> line.endsWith("Sigstore signatures verified."))
          .anyMatch(line -> line.endsWith("signature verification passed."))
          .endsWith("Release 2.3.40 verification completed.");
      assertThat(run.out()).contains("NOT Sigstore's");
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void withoutAnArgumentTellsItsUsage() throws Exception {
    Run run = run(Map.of());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).startsWith("Usage: ").contains("<X.Y.Z>");
  }

  @Test
  void namesTheLastMissingFile() throws Exception {
    try (ServedRelease served = new ServedRelease(directory, release.without(MANIFEST + ".sig"))) {
      Run run = verify(served, Map.of());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.lines())
          .contains(
              "Release asset set did not stabilize in time. Last missing asset: "
                  + MANIFEST
                  + ".sig");
      assertThat(run.out()).doesNotContain("completed");
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void namesWhatCouldNotBeDownloaded() throws Exception {
    try (ServedRelease served = new ServedRelease(directory, release)) {
      served.server().fault(MANIFEST, new HttpFault.Status(500));
      Run run = verify(served, Map.of());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).contains("Failed to download required asset " + MANIFEST);
    }
  }

  @Test
  void refusalsAreOnStandardOutput() throws Exception {
    String archive = "mero-kms-phala_x86_64-unknown-linux-gnu.tar.gz";
    Map<String, SimulatedRelease> spoiled =
        Map.of(
            "Release is missing required archive asset: " + archive,
            release.without(archive),
            "Manifest and policy commit mismatch",
            release.resignJson(
                "kms-phala-attestation-policy.json", d -> d.put("commit_sha", "0".repeat(40))),
            "Checksums file missing entry for release-provenance.json",
            release.resign(
                "node-image-gcp-checksums.txt",
                text ->
                    new String(text, UTF_8)
                        .replaceAll("(?m)^.*release-provenance.json\\n", "")
                        .getBytes(UTF_8)));
    for (Map.Entry<String, SimulatedRelease> refused : spoiled.entrySet()) {
      Path own = Files.createTempDirectory(directory, "own");
      try (ServedRelease served = new ServedRelease(own, refused.getValue())) {
        Run run = verify(served, Map.of());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.lines()).contains(refused.getKey());
      }
    }
  }

  @Test
  void theVariablesOfCosignChooseTheSigner() throws Exception {
    SimulatedRelease forked = release;
    for (String asset :
        release.files().values().stream().flatMap(f -> f.keySet().stream()).toList()) {
      if (!asset.matches(".*\\.(sig|pem|bundle\\.json)")) {
        forked = forked.signedBy(asset, who -> who.withRepository("someone/mero-tee", "42"));
      }
    }
    try (ServedRelease served = new ServedRelease(directory, forked)) {
      assertThat(verify(served, Map.of()).exit()).isEqualTo(1);
      Run own = verify(served, Map.of("COSIGN_REPOSITORY", "someone/mero-tee"));
      assertThat(own.exit()).as(own.out()).isZero();
      assertThat(own.lines()).contains("Verifying release 2.3.40 in someone/mero-tee...");
      Run github =
          verify(served, Map.of("GITHUB_REPOSITORY", "someone/mero-tee", "COSIGN_REPOSITORY", ""));
      assertThat(github.exit()).isZero();
      Run any =
          verify(served, Map.of("COSIGN_CERTIFICATE_IDENTITY_REGEXP", "^https://github.com/"));
      assertThat(any.exit()).as(any.out()).isZero();
      assertThat(any.out()).contains("Note: WEAKER than by default");
      Run issuer =
          verify(
              served,
              Map.of(
                  "COSIGN_REPOSITORY", "someone/mero-tee",
                  "COSIGN_CERTIFICATE_OIDC_ISSUER", "https://gitlab.com"));
      assertThat(issuer.exit()).isEqualTo(1);
      assertThat(issuer.out()).contains("signed by another issuer");
    }
  }
}
