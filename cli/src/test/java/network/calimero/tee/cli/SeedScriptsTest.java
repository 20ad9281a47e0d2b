package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that keep the names of the original's, as processes, against a release server. */
class SeedScriptsTest {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("mero.root", "..")).resolve("scripts/policy");
  private static final String GENERATE = "generate-merod-kms-phala-attestation-config.sh";
  private static final String APPLY = "apply-merod-kms-phala-attestation-config.sh";
  private static final String URL = "https://kms.example.org";
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.of("2.3.40", ReleaseGeneration.A);

  @TempDir Path directory;
  private final List<ReleaseServer> servers = new ArrayList<>();
  private HandedOver meroTee;

  record Result(int exit, String out, String err) {}

  @BeforeEach
  void prepare() throws IOException {
    meroTee = new HandedOver(directory.resolve("program"));
    program(directory.resolve("bin/merod"), "#!/bin/sh\necho \"$@\" >>\"$2/calls\"\n");
    servers.add(ReleaseServer.start().serve(RELEASE));
    Path root = directory.resolve("data/mero-tee/sigstore/trusted_root.json");
    Files.createDirectories(root.getParent());
    Files.write(root, RELEASE.sigstore().trustedRootJson());
  }

  @AfterEach
  void stop() throws IOException {
    meroTee.close();
    servers.forEach(ReleaseServer::close);
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result run(String script, Object... arguments) throws Exception {
    return runIn("/usr/bin:/bin:" + directory.resolve("bin"), script, arguments);
  }

  private Result runIn(String path, String script, Object... arguments) throws Exception {
    return runIn(Map.of("PATH", path), script, arguments);
  }

  private Result runIn(Map<String, String> variables, String script, Object... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("bash", SCRIPTS.resolve(script).toAbsolutePath().toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().clear();
    process
        .environment()
        .putAll(
            Map.of(
                "MERO_TEE", meroTee.program().toString(),
                "RELEASES_URL", servers.getFirst().releases().toString(),
                "REKOR_URL", servers.getFirst().log().toString(),
                "XDG_DATA_HOME", directory.resolve("data").toString(),
                "XDG_CACHE_HOME", directory.resolve("cache").toString()));
    process.environment().putAll(variables);
    process.directory(directory.toFile()); // in no checkout, whose origin would count
    int exit = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Result(exit, Files.readString(out), Files.readString(err));
  }

  @Test
  void generatePrintsOrWritesTheConfiguration() throws Exception {
    Result printed = run(GENERATE, "--profile", "debug", "2.3.40", URL);
    assertThat(printed.exit()).as(printed.out() + printed.err()).isZero();
    assertThat(printed.out())
        .startsWith("# Generated from mero-tee release 2.3.40 (commit ")
        .contains(", profile debug)\n[tee]\n[tee.kms.phala]\nurl = \"https://kms.example.org/\"\n")
        .endsWith("=\"\n");

    Path file = directory.resolve("tee.toml");
    Result written = run(GENERATE, "2.3.40", URL, file, "--profile", "debug");
    assertThat(written.exit()).isZero();
    assertThat(written.out())
        .isEqualTo("Wrote merod TEE KMS attestation config to %s\n".formatted(file));
    assertThat(file).hasContent(printed.out().stripTrailing());
  }

  @Test
  void applyRunsMerodAndDryRunDoesNot() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Result dry = run(APPLY, "--dry-run", "--profile", "locked-read-only", "2.3.40", URL, home);
    assertThat(dry.exit()).as(dry.out() + dry.err()).isZero();
    assertThat(dry.out())
        .startsWith("Applying release-pinned KMS attestation config\n  tag: 2.3.40\n")
        .endsWith("Dry-run complete. No changes were written.\n");
    assertThat(home).isEmptyDirectory();

    Result applied = run(APPLY, "2.3.40", URL, home, "node1");
    assertThat(applied.exit()).isZero();
    assertThat(applied.out())
        .endsWith("Successfully updated merod config with signed policy from release 2.3.40.\n");
    assertThat(Files.readAllLines(home.resolve("calls")))
        .hasSize(10)
        .allMatch(
            call -> call.startsWith("--home " + home + " --node node1 config tee.kms.phala."));
  }

  @Test
  void variablesOfTheOriginalSayWhoMustHaveSigned() throws Exception {
    String path = "/usr/bin:/bin";
    assertRefused(
        runIn(
            Map.of("PATH", path, "GITHUB_REPOSITORY", "somebody/mero-tee"),
            GENERATE,
            "2.3.40",
            URL),
        "somebody/mero-tee");
    Result official =
        runIn(
            Map.of(
                "PATH", path,
                "GITHUB_REPOSITORY", "somebody/mero-tee",
                "COSIGN_REPOSITORY", "calimero-network/mero-tee"),
            GENERATE,
            "2.3.40",
            URL);
    assertThat(official.exit()).as(official.out()).isZero();
    assertRefused(
        runIn(
            Map.of("PATH", path, "COSIGN_CERTIFICATE_OIDC_ISSUER", "https://issuer.example.org"),
            GENERATE,
            "2.3.40",
            URL),
        "issuer");
    assertRefused(
        runIn(
            Map.of("PATH", path, "COSIGN_CERTIFICATE_IDENTITY_REGEXP", "^https://example[.]org/"),
            GENERATE,
            "2.3.40",
            URL),
        "identity");
  }

  @Test
  void refusalsGoToStandardOutputAndEndInOne() throws Exception {
    assertRefused(run(GENERATE), "Usage: ");
    assertRefused(run(GENERATE, "2.3.40"), "Usage: ");
    assertRefused(
        run(GENERATE, "--profile", "prod", "2.3.40", URL), "Unsupported --profile 'prod'");
    assertRefused(run(GENERATE, "2.3.40", "http://localhost"), "URL: http is for a KMS on this");
    assertRefused(run(GENERATE, "2.3.41", URL), "");
    assertRefused(run(APPLY, "2.3.40", URL), "Usage: ");
    assertRefused(runIn("/usr/bin:/bin", APPLY, "2.3.40", URL, directory), "merod is required");
    servers
        .getFirst()
        .serveNothing()
        .serve(RELEASE.without("kms-phala-attestation-policy.debug.json.sig"));
    Result unsigned = run(APPLY, "2.3.40", URL, directory);
    assertRefused(unsigned, "kms-phala-attestation-policy.debug.json");
    for (String script : List.of(GENERATE, APPLY)) {
      Result help = run(script, "--help");
      assertThat(help.exit()).isZero();
      assertThat(help.out()).startsWith("Usage: scripts/policy/" + script);
    }
  }

  private static void assertRefused(Result result, String reason) {
    assertThat(result.exit()).as(result.out()).isEqualTo(1);
    assertThat(result.out()).contains(reason).isNotBlank().doesNotContain("error: ", "downloaded");
    assertThat(result.err()).doesNotContain("error: ");
  }
}
