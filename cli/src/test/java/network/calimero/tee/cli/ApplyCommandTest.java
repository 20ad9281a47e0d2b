package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against a stand-in for merod: a program that keeps each value that it is told in a file. */
class ApplyCommandTest {
  private static final String URL = "https://kms.example.org";
  private static final String KEYS = "tee.kms.phala.attestation.";
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.of("2.3.40", ReleaseGeneration.A);

  /** One file per key in a folder per node; fails at the key that a file names. */
  private static final String MEROD =
      """
      #!/bin/sh
      set -eu
      [ "$1" = --home ] && [ "$3" = --node ] && [ "$5" = config ] && [ $# = 6 ]
      key=${6%%=*}
      if [ -e "$2/fail" ] && [ "$key" = "$(cat "$2/fail")" ]; then
        echo 'merod: no' >&2
        exit 9
      fi
      mkdir -p "$2/$4"
      printf '%s' "${6#*=}" >"$2/$4/$key"
      printf '%s\\n' "$key" >>"$2/calls"
      echo "set $key"
      """;

  @TempDir Path directory;
  private Path home = Path.of("");
  private ReleaseFiles files = new ReleaseFiles(home, home);

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectory(directory.resolve("merod's home"));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path merod = Files.writeString(bin.resolve("merod"), MEROD);
    Files.setPosixFilePermissions(merod, PosixFilePermissions.fromString("rwxr-xr-x"));
    files = ReleaseFiles.write(RELEASE, directory);
  }

  private Cli.Result apply(Object... arguments) {
    return Cli.runIn(
        Map.of("PATH", "/nowhere:" + directory.resolve("bin")), files.policy("apply", arguments));
  }

  private String value(String node, String key) throws IOException {
    return Files.readString(home.resolve(node).resolve(key));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  private static JsonNode policy() {
    return JsonMapper.shared()
        .readTree(RELEASE.file("kms-phala-attestation-policy.locked-read-only.json"));
  }

  @Test
  void setsEveryValueAndAgainWithoutAChange() throws IOException {
    Cli.Result result = apply("2.3.40", URL, home);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            Applying release-pinned KMS attestation config
              tag: 2.3.40
              profile: locked-read-only
              commit: %s
              home: %s
              node: default
            Successfully updated merod config with signed policy from release 2.3.40.
            """
                .formatted(policy().path("commit_sha").stringValue(), home));
    assertThat(result.err()).contains("set tee.kms.phala.url\n");
    assertThat(calls())
        .containsExactly(
            "tee.kms.phala.url",
            KEYS + "enabled",
            KEYS + "accept_mock",
            KEYS + "allowed_tcb_statuses",
            KEYS + "allowed_mrtd",
            KEYS + "allowed_rtmr0",
            KEYS + "allowed_rtmr1",
            KEYS + "allowed_rtmr2",
            KEYS + "allowed_rtmr3",
            KEYS + "binding_b64");
    assertThat(value("default", "tee.kms.phala.url")).isEqualTo("\"https://kms.example.org/\"");
    assertThat(value("default", KEYS + "enabled")).isEqualTo("true");
    assertThat(value("default", KEYS + "allowed_rtmr3"))
        .isEqualTo(policy().at("/policy/kms_allowed_rtmr3").toString());

    Map<String, String> before = state();
    assertThat(apply("2.3.40", URL, home).exit()).isZero();
    assertThat(state()).isEqualTo(before);
  }

  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> keys = Files.list(home.resolve("default"))) {
      for (Path key : keys.toList()) {
        state.put(key.getFileName().toString(), Files.readString(key));
      }
    }
    return state;
  }

  @Test
  void dryRunPrintsWhatWouldRunAndSetsNothing() throws Exception {
    Cli.Result result = apply("--dry-run", "2.3.40", URL, home, "node1");

    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().toList())
        .hasSize(6 + 10 + 1)
        .endsWith("Dry-run complete. No changes were written.")
        .contains("  node: node1")
        .contains(
            "merod --home '%s' --node node1 config 'tee.kms.phala.url=\"https://kms.example.org/\"'"
                .formatted(home.toString().replace("'", "'\\''")));
    assertThat(home).isEmptyDirectory();

    List<String> lines = result.out().lines().filter(line -> line.startsWith("merod ")).toList();
    ProcessBuilder found = new ProcessBuilder("sh", "-e", "-c", String.join("\n", lines));
    found.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    found.redirectErrorStream(true).redirectOutput(directory.resolve("shell.txt").toFile());
    assertThat(found.start().waitFor()).isZero();
    assertThat(calls()).hasSize(10);
    assertThat(value("node1", KEYS + "accept_mock")).isEqualTo("false");
  }

  @Test
  void failingMerodStopsItAndItSaysWhatIsSet() throws IOException {
    Files.writeString(home.resolve("fail"), KEYS + "allowed_mrtd");

    Cli.Result result = apply("2.3.40", URL, home);

    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.out()).doesNotContain("Successfully");
    assertThat(result.err())
        .contains(
            "merod: no",
            "merod ended with exit code 9 at " + KEYS + "allowed_mrtd",
            "; set: tee.kms.phala.url, ",
            "; not set: " + KEYS + "allowed_mrtd, ");
    assertThat(calls()).hasSize(4);
    Files.delete(home.resolve("fail"));
    assertThat(apply("2.3.40", URL, home).exit()).isZero();
    assertThat(state()).hasSize(10);
    Files.writeString(home.resolve("fail"), KEYS + "enabled");
    JsonNode json = apply("--json", "2.3.40", URL, home).json();
    assertThat(Published.valid("merod-update", json).at("/failure/code").stringValue())
        .isEqualTo("merod_failed");
  }

  @Test
  void wantsMerodEvenToOnlyPrint() {
    Cli.Result result =
        Cli.runIn(
            Map.of("PATH", "/nowhere"), files.policy("apply", "--dry-run", "2.3.40", URL, home));
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("merod is required");
  }

  @Test
  void setsNothingFromAReleaseThatIsNotGenuine() throws IOException {
    files =
        ReleaseFiles.write(
            RELEASE.without("kms-phala-attestation-policy.debug.json.sig"),
            Files.createDirectory(directory.resolve("spoiled")));
    Cli.Result result = apply("2.3.40", URL, home);
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.out()).isEmpty();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void reportsAsJson() {
    JsonNode json = Published.valid("merod-update", apply("--json", "2.3.40", URL, home).json());
    assertThat(json.path("verified").booleanValue()).isTrue();
    assertThat(json.path("set")).hasSize(10).isEqualTo(json.path("settings"));
    assertThat(json.path("dryRun").booleanValue(true)).isFalse();
    assertThat(apply("--json", "--dry-run", "2.3.40", URL, home).json().path("set")).isEmpty();
  }
}
