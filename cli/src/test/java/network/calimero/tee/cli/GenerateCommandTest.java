package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenerateCommandTest {
  private static final String URL = "https://kms.example.org";
  private static final SimulatedRelease A = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
  private static final SimulatedRelease B = SimulatedRelease.of("2.3.73", ReleaseGeneration.B);
  private static final SimulatedRelease C = SimulatedRelease.of("2.3.112", ReleaseGeneration.C);

  @TempDir Path directory;

  private static JsonNode json(SimulatedRelease release, String asset) {
    return JsonMapper.shared().readTree(release.file(asset));
  }

  /** What the configuration must be, from the policy as it was published. */
  private static String expected(String tag, JsonNode policy, String section, boolean hashes) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Generated from mero-tee release %s (commit %s, profile %s)\n"
            .formatted(
                tag,
                policy.path("commit_sha").stringValue(),
                policy.path("profile").stringValue()));
    text.append("[tee]\n[%s]\nurl = \"%s/\"\n[%s.attestation]\n".formatted(section, URL, section));
    text.append("enabled = true\naccept_mock = false\n");
    for (String list :
        new String[] {
          "allowed_tcb_statuses",
          "allowed_mrtd",
          "allowed_rtmr0",
          "allowed_rtmr1",
          "allowed_rtmr2",
          "allowed_rtmr3"
        }) {
      text.append(list + " = " + policy.at("/policy/kms_" + list) + "\n");
    }
    if (hashes) {
      text.append(
          "allowed_compose_hashes = " + policy.at("/policy/kms_allowed_event_payload") + "\n");
    }
    return text.append("binding_b64 = " + policy.at("/kms/default_binding_b64") + "\n").toString();
  }

  @Test
  void printsTheTextOfEachGeneration() throws IOException {
    String locked = "attestation-policy.locked-read-only.json";
    assertThat(generate(A, "2.3.40", URL).out())
        .isEqualTo(expected("2.3.40", json(A, "kms-phala-" + locked), "tee.kms.phala", false));
    assertThat(generate(B, "mero-kms-v2.3.73", URL + "/").out())
        .isEqualTo(
            expected("mero-kms-v2.3.73", json(B, "kms-phala-" + locked), "tee.kms.phala", true));
    assertThat(generate(C, "2.3.112", URL).out())
        .isEqualTo(expected("2.3.112", json(C, "kms-" + locked), "tee.kms", false));
  }

  private Cli.Result generate(SimulatedRelease release, Object... arguments) throws IOException {
    return Cli.run(ReleaseFiles.write(release, directory).policy("generate", arguments));
  }

  @Test
  void takesThePolicyOfTheProfile() throws IOException {
    assertThat(generate(A, "--profile", "debug", "2.3.40", URL).out())
        .isEqualTo(
            expected(
                "2.3.40",
                json(A, "kms-phala-attestation-policy.debug.json"),
                "tee.kms.phala",
                false));
  }

  @Test
  void writesAFileWholeAndTheSameEachTime() throws IOException {
    Path file = directory.resolve("tee.toml");
    Cli.Result first = generate(A, "2.3.40", URL, file);
    assertThat(first.exit()).isZero();
    assertThat(first.out())
        .isEqualTo("Wrote merod TEE KMS attestation config to %s\n".formatted(file));
    String text = Files.readString(file);
    assertThat(text).isEqualTo(generate(A, "2.3.40", URL).out());

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    generate(A, "2.3.40", URL, file);
    assertThat(file).hasContent(text.stripTrailing());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesWhatWasThereIfItCannotWrite() throws IOException {
    Cli.Result missing = generate(A, "2.3.40", URL, directory.resolve("no/such/folder/file"));
    assertThat(missing.exit()).isEqualTo(Exits.USAGE);
    assertThat(missing.err()).contains("cannot write", "check the folder");
    Path folder = Files.createDirectory(directory.resolve("folder"));
    assertThat(generate(A, "2.3.40", URL, folder).exit()).isEqualTo(Exits.USAGE);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void explainsWhichAssetOfWhichDigestEachValueComesFrom() throws IOException {
    String asset = "kms-phala-attestation-policy.locked-read-only.json";
    String sha256 = Sha256.of(Bytes.of(B.file(asset))).hex();
    String explained = generate(B, "--explain", "2.3.73", URL).out();
    assertThat(explained)
        .contains(
            "# policy.kms_allowed_mrtd of %s, SHA-256 %s\nallowed_mrtd = ["
                .formatted(asset, sha256));

    JsonNode json = Published.valid("merod-config", generate(B, "--json", "2.3.73", URL).json());
    assertThat(json.at("/config/tee/kms/phala/attestation/allowed_compose_hashes")).hasSize(1);
  }

  @Test
  void saysWhatIsBelievedBeyondTheDefault() throws IOException {
    Cli.Result given = generate(B, "2.3.73", URL);
    assertThat(given.err()).contains("warning: ", "another trusted root than Sigstore's");
    assertThat(given.err()).doesNotContain("WEAKER");
    Cli.Result weaker = generate(B, "--identity-regexp", ".", "--json", "2.3.73", URL);
    assertThat(weaker.err()).contains("warning: WEAKER than by default");
    JsonNode json = Published.valid("merod-config", weaker.json());
    assertThat(json.at("/signers/exact").booleanValue(true)).isFalse();
    assertThat(json.at("/trustedRoot/origin").stringValue()).isEqualTo("given");
  }

  @Test
  void refusesAReleaseThatIsNotGenuine() throws IOException {
    Path file = Files.writeString(directory.resolve("tee.toml"), "as it was");
    String asset = "kms-phala-attestation-policy.debug.json";
    SimulatedRelease spoiled =
        A.change(asset, content -> (new String(content, UTF_8) + " ").getBytes(UTF_8));

    Cli.Result result = generate(spoiled, "2.3.40", URL, file);

    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error: ", asset);
    assertThat(file).hasContent("as it was");
    Cli.Result json = generate(spoiled, "--json", "2.3.40", URL);
    assertThat(json.json().at("/failure/code").stringValue()).startsWith("signature_");
    assertThat(json.json().path("verified").booleanValue(true)).isFalse();
    Published.valid("merod-config", json.json());
    Published.valid("merod-config", generate(C, "--json", "2.3.112", URL).json());
  }

  @Test
  void refusesWhatANodeWouldNotTake() throws IOException {
    assertThat(generate(A, "2.3.40", "http://localhost:8080").err())
        .contains("URL: http is for a KMS on this machine");
    assertThat(generate(A, "2.3.40", "http://127.0.0.1:8080").out())
        .contains("url = \"http://127.0.0.1:8080/\"");
    assertThat(generate(A, "2.3", URL).exit()).isEqualTo(Exits.USAGE);
    assertThat(generate(A, "--profile", "prod", "2.3.40", URL).exit()).isEqualTo(Exits.USAGE);
    assertThat(generate(A, "2.3.40").exit()).isEqualTo(Exits.USAGE);
  }
}
