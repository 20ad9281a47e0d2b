package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import network.calimero.tee.kms.config.Variable;
import network.calimero.tee.kms.config.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConfigCommandTest {
  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return Cli.write(directory.resolve(name), content.getBytes(UTF_8));
  }

  private static JsonNode setting(JsonNode report, String name) {
    return StreamSupport.stream(report.path("settings").spliterator(), false)
        .filter(setting -> setting.path("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void showsEverySettingWithItsOrigin() {
    Cli.Result result =
        Cli.runIn(Map.of("LISTEN_ADDR", "127.0.0.1:1", "PATH", "/bin"), "kms", "config");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.firstLine()).isEqualTo("STARTS");
    assertThat(result.out())
        .contains("security digest", "127.0.0.1:1  [environment]", "(none)  [default]")
        .contains("Note: MERO_KMS_VERSION is not set")
        .doesNotContain("\n  PATH ", "Where to listen.");
    assertThat(Variables.all())
        .allSatisfy(variable -> assertThat(result.out()).contains("  " + variable.name() + " "));
  }

  @Test
  void whatIsAskedOfItsGroupsIsAskedOfIt() {
    for (Object[] args :
        List.of(
            new Object[] {"--json", "kms", "config"}, new Object[] {"kms", "--json", "config"})) {
      assertThat(Cli.runIn(Map.of(), args).json().path("starts").booleanValue()).isTrue();
    }
    Cli.Result failed = Cli.runIn(Map.of(), "--json", "kms", "config", "--measured-file", "/none");
    assertThat(failed.json().path("failure").path("code").stringValue())
        .isEqualTo("input_unusable");
    assertThat(Cli.run("kms", "config", "x").err()).contains("config takes none;");
  }

  @Test
  void explainsWhatEachMeans() {
    Cli.Result result = Cli.runIn(Map.of(), "kms", "config", "--explain");

    assertThat(Variables.all())
        .extracting(Variable::meaning)
        .allSatisfy(meaning -> assertThat(result.out()).contains("    " + meaning + "\n"));
  }

  @Test
  void readsTheFilesOfAnImage() throws IOException {
    Path settings = file("kms.env", "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false\n");
    Path profile = file("image-profile", "debug-read-only\n");

    JsonNode report =
        Cli.runIn(
                Map.of(),
                "kms",
                "config",
                "--json",
                "--measured-file",
                settings,
                "--image-profile",
                profile)
            .json();

    assertThat(report.path("starts").booleanValue()).isTrue();
    assertThat(report.path("failure").isNull()).isTrue();
    assertThat(report.path("securityDigest").stringValue()).matches("[0-9a-f]{64}");
    assertThat(setting(report, "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE").path("origin").stringValue())
        .isEqualTo("measured_file");
    assertThat(setting(report, "MERO_KMS_PROFILE").path("value").stringValue())
        .isEqualTo("debug-read-only");
    assertThat(setting(report, "MERO_KMS_PROFILE").path("origin").stringValue())
        .isEqualTo("image_profile");
    assertThat(setting(report, "MERO_KMS_VERSION").path("value").isNull()).isTrue();
  }

  @Test
  void tellsEveryProblemAndNoPassword() throws IOException {
    Path profile = file("image-profile", "locked-read-only");
    Map<String, String> environment =
        Map.of(
            "ENFORCE_MEASUREMENT_POLICY", "false",
            "REDIS_URL", "http://:secret@host",
            "CHALLENGE_TTL_SECS", "7");
    Object[] args = {"kms", "config", "--image-profile", profile};

    Cli.Result result = Cli.runIn(environment, args);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.firstLine()).isEqualTo("DOES NOT START");
    assertThat(result.out())
        .contains("  ENFORCE_MEASUREMENT_POLICY weakens", "/etc/mero-kms/kms.env", "  REDIS_URL is")
        .contains("7  [environment]")
        .doesNotContain("secret", "security digest");

    JsonNode report =
        Cli.runIn(environment, "kms", "config", "--image-profile", profile, "--json").json();
    assertThat(report.path("starts").booleanValue(true)).isFalse();
    assertThat(report.path("problems")).hasSize(2);
    assertThat(report.path("securityDigest").isNull()).isTrue();
    assertThat(report.at("/failure/code").stringValue()).isEqualTo("configuration_refused");
  }

  @Test
  void saysWhereTheRootsOfSignaturesCannotBeRead() {
    Path root = directory.resolve("nothing.json");

    Cli.Result result =
        Cli.runIn(Map.of("SIGSTORE_TRUSTED_ROOT", root.toString()), "kms", "config");

    assertThat(result.out()).contains("SIGSTORE_TRUSTED_ROOT=" + root + " cannot be read here");
  }

  @Test
  void fileOfAnImageThatIsWrongStopsTheStartToo() throws IOException {
    Path settings = file("kms.env", "no assignment\n");

    Cli.Result result = Cli.runIn(Map.of(), "kms", "config", "--measured-file", settings);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).contains("kms.env, line 1").doesNotContain("Settings");
  }

  @Test
  void fileThatIsNamedMustBeThere() {
    for (String option : new String[] {"--measured-file", "--image-profile"}) {
      Path missing = directory.resolve("missing");
      Cli.Result result = Cli.runIn(Map.of(), "kms", "config", option, missing);

      assertThat(result.exit()).isEqualTo(Exits.USAGE);
      assertThat(result.err()).contains(missing.toString(), "there is no such file");
    }
  }
}
