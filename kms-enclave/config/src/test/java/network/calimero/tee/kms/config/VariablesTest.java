package network.calimero.tee.kms.config;

import static network.calimero.tee.kms.config.Reading.HEX;
import static network.calimero.tee.kms.config.Reading.OTHER_HEX;
import static network.calimero.tee.kms.config.Reading.POLICY;
import static network.calimero.tee.kms.config.Reading.problems;
import static network.calimero.tee.kms.config.Reading.read;
import static network.calimero.tee.kms.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting by itself: what it takes, what it refuses, what blank is. */
class VariablesTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final String BLANK_IS_UNSET = "unset";
  private static final String BLANK_IS_WRONG = "blank";

  /**
   * One setting.
   *
   * @param blank what set but blank is
   * @param rest what else must be set for the good values
   * @param bad wrong values, each with a word of the message
   */
  record Case(
      String name,
      String blank,
      Map<String, String> rest,
      List<String> good,
      Map<String, String> bad) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, String blank, List<String> good, Map<String, String> bad) {
    return new Case(name, blank, Map.of(), good, bad);
  }

  private static Case number(String name) {
    return of(
        name,
        BLANK_IS_WRONG,
        List.of("1", " 2147483647 "),
        Map.of(
            "0", "above zero", "-1", "above zero", "60s", "whole number", "2147483648", "whole"));
  }

  private static Case bool(String name, Map<String, String> rest) {
    return new Case(
        name,
        BLANK_IS_WRONG,
        rest,
        List.of("0", "false", "no", " OFF ", "1", "True", "YES", " on "),
        Map.of("2", "yes or no", "enabled", "yes or no"));
  }

  private static Case floor(String name) {
    return of(
        name, BLANK_IS_WRONG, List.of("0", "19"), Map.of("-1", "above zero", "x", "whole number"));
  }

  private static Case list(String name, Map<String, String> rest) {
    return new Case(
        name,
        BLANK_IS_UNSET,
        rest,
        List.of(OTHER_HEX, "0x" + OTHER_HEX.toUpperCase(Locale.ROOT) + " , " + HEX),
        Map.of("00", "96 hex digits", "z".repeat(96), "96 hex digits"));
  }

  static Stream<Case> cases() {
    Map<String, String> profiles = Map.of("production", "locked-read-only");
    Map<String, String> urls =
        Map.of(
            "ftp://host", "http",
            "http://", "URL",
            "host", "http",
            "https://u:secret@host", "user",
            "https://host?x", "query",
            "https://the_host", "underscore",
            "https://host:99999", "port");
    Map<String, String> agents = with(POLICY, Reading.lists("AGENT_ALLOWED_", OTHER_HEX));
    Map<String, String> cluster = with(POLICY, "MERO_KMS_BACKEND", "tdx");
    Map<String, String> bootstrap = with(cluster, "MERO_KMS_PEERS", "http://peer");
    Stream<Case> single =
        Stream.of(
            of(
                "LISTEN_ADDR",
                BLANK_IS_WRONG,
                List.of("127.0.0.1:0", "[::1]:65535", "localhost:80"),
                Map.of(
                    "nonsense", "no port",
                    ":8080", "no host",
                    "http://127.0.0.1:1", "URL",
                    "127.0.0.1:65536", "65535",
                    "::1:8080", "brackets",
                    "a b:1", "host")),
            of("DSTACK_SOCKET_PATH", BLANK_IS_WRONG, List.of("/x"), Map.of("a\0b", "path")),
            number("CHALLENGE_TTL_SECS"),
            number("MAX_PENDING_CHALLENGES"),
            number("MAX_CONSUMED_CHALLENGES"),
            of(
                "ACCEPT_MOCK_ATTESTATION",
                BLANK_IS_WRONG,
                List.of("false"),
                Map.of("maybe", "yes or no", "true", "scripts/demo")),
            of(
                "REDIS_URL",
                BLANK_IS_UNSET,
                List.of("redis://host", "rediss://u:p@[::1]:1/2"),
                Map.of(
                    "http://:secret@host", "redis://",
                    "redis://:secret@host:0", "port",
                    "redis://:secret @host", "two hex digits",
                    "redis://:sec#ret@host", "two hex digits",
                    "redis://:secret@the_host", "underscore",
                    "redis://:secret@host/x", "database")),
            of(
                "MERO_KMS_VERSION",
                BLANK_IS_WRONG,
                List.of("2.3.4", "mero-kms-v2.3.4"),
                Map.of("2.3", "2.3.4", "v2.3.4", "2.3.4", "mero-tee-v2.3.4", "2.3.4")),
            of("MERO_KMS_PROFILE", BLANK_IS_UNSET, List.of("debug", " DEBUG-READ-ONLY"), profiles),
            of("KMS_POLICY_PROFILE", BLANK_IS_UNSET, List.of("locked-read-only"), profiles),
            of("KEY_NAMESPACE_PREFIX", BLANK_IS_UNSET, List.of("x"), Map.of("//", "slashes")),
            of("AGENT_KEY_NAMESPACE_PREFIX", BLANK_IS_UNSET, List.of("x"), Map.of("/", "slashes")),
            of(
                "MERO_KMS_POLICY_SHA256",
                BLANK_IS_WRONG,
                List.of(SHA256, "0x" + SHA256),
                Map.of("ab", "64 hex digits", SHA256 + "00", "64 hex digits", "zz", "64 hex")),
            of(
                "CORS_ALLOWED_ORIGINS",
                BLANK_IS_UNSET,
                List.of("https://a.example, https://b.example"),
                Map.of("*", "by name", "https://ä.example", "header")),
            bool("ENFORCE_MEASUREMENT_POLICY", Map.of()),
            bool("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", Map.of()),
            bool("USE_ENV_POLICY", POLICY),
            bool("MERO_KMS_BOOTSTRAP", bootstrap),
            of(
                "ALLOWED_TCB_STATUSES",
                BLANK_IS_WRONG,
                List.of("UpToDate,outofdate"),
                Map.of("good", "uptodate", "uptodate,revoked", "revoked")),
            new Case(
                "MERO_KMS_BACKEND",
                BLANK_IS_UNSET,
                with(POLICY, Map.of()),
                List.of("dstack", " DStack "),
                Map.of("phala", "dstack or tdx")),
            new Case(
                "MERO_KMS_PEERS", BLANK_IS_UNSET, cluster, List.of("http://a:1,https://b"), urls),
            new Case(
                "MERO_KMS_JOIN_RETRY_SECS",
                BLANK_IS_WRONG,
                bootstrap,
                List.of("-1", "0", "30"),
                Map.of("1.5", "whole number")),
            of("RUST_LOG", BLANK_IS_UNSET, List.of("debug"), Map.of("loud", "level")),
            of(
                "PCS_URLS",
                BLANK_IS_WRONG,
                List.of("https://a, http://b/x"),
                Map.of(
                    "ftp://host", "http",
                    ",", "no URL",
                    "https://u:secret@host", "user",
                    "https://host:99999", "port")),
            of("RELEASES_URL", BLANK_IS_WRONG, List.of("http://mirror/x/"), urls),
            of("MIN_POLICY_VERSION", BLANK_IS_WRONG, List.of("2.3.4"), Map.of("new", "2.3.4")),
            floor("MIN_TCB_EVALUATION_DATA_NUMBER"),
            floor("MIN_QE_EVALUATION_DATA_NUMBER"),
            of(
                "POLICY_IDENTITY",
                BLANK_IS_WRONG,
                List.of(
                    "https://github.com/a/b/.github/workflows/c.yaml@refs/heads/d",
                    "https://github.com/a/b/.github/workflows/c.yaml@refs/tags/v1,"
                        + "https://github.com/a-1/b.c/.github/workflows/d_e.yml@refs/heads/f/g"),
                Map.of(
                    "^https://.*$",
                    "FILE@REF",
                    "https://a.example/a/b/.github/workflows/c.yaml@refs/heads/d",
                    "FILE@REF",
                    "https://github.com/a/b/.github/workflows/c.yaml@main",
                    "FILE@REF",
                    ",",
                    "identity")),
            of("POLICY_ISSUER", BLANK_IS_WRONG, List.of("https://a.example"), urls),
            of(
                "SIGSTORE_TRUSTED_ROOT",
                BLANK_IS_WRONG,
                List.of("/etc/x.json"),
                Map.of("x.json", "absolute")));
    return Stream.of(
            single,
            POLICY.keySet().stream()
                .filter(name -> name.startsWith("ALLOWED_"))
                .map(name -> list(name, Map.of())),
            Reading.lists("AGENT_ALLOWED_", HEX).keySet().stream().map(name -> list(name, agents)))
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesWhatIsAccepted(Case setting) {
    for (String good : setting.good) {
      assertThatCode(() -> KmsConfig.read(with(setting.rest, setting.name, good), Image.SILENT))
          .as("%s=%s", setting.name, good)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAnythingElseNamingItselfAndWhatIsAccepted(Case setting) {
    setting.bad.forEach((bad, says) ->
        assertThat(problems(with(setting.rest, setting.name, bad)).getFirst())
            .startsWith(setting.name)
            .contains(says)
            .doesNotContain("secret"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesTheSameInTheMeasuredFileNamingThat(Case setting) {
    setting.bad.forEach((bad, says) ->
        assertThat(
                problems(
                        Map.of(),
                        Reading.image(Optional.empty(), with(setting.rest, setting.name, bad)))
                    .getFirst())
            .startsWith(setting.name)
            .contains(says)
            .doesNotContain("secret"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void blankIsAMistakeUnlessItIsSaidToBeTheSameAsUnset(Case setting) {
    for (String blank : List.of("", "  ")) {
      if (setting.blank.equals(BLANK_IS_UNSET)) {
        assertThat(read(Map.of(setting.name, blank))).isEqualTo(read(Map.of()));
      } else {
        assertThat(problems(Map.of(setting.name, blank)))
            .singleElement()
            .asString()
            .startsWith(setting.name + " is set but blank");
      }
    }
  }

  @Test
  void everySettingIsTriedHere() {
    assertThat(cases().map(Case::name))
        .containsExactlyInAnyOrderElementsOf(Variables.all().stream().map(Variable::name).toList());
  }

  @Test
  void everyDefaultIsAcceptedByItsOwnParser() {
    for (Variable<?> variable : Variables.all()) {
      for (boolean locked : new boolean[] {false, true}) {
        variable
            .defaultText(locked)
            .ifPresent(text -> assertThat(variable.parser().parse(text)).isNotNull());
      }
    }
  }

  @Test
  void everyVariableOfTheSpecificationIsKnown() throws IOException {
    Path file = Path.of(System.getProperty("mero.corpus", "")).resolve("../spec/kms-config.md");
    Assumptions.assumeTrue(Files.exists(file), "skipped: there is no specification beside this");
    Set<String> names = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("| `") || line.startsWith("Names this project adds")) {
        names.addAll(variablesIn(line));
      }
    }
    assertThat(names).hasSizeGreaterThan(30);

    assertThat(Variables.all()).extracting(Variable::name).containsAll(names);
  }

  /** In code marks, with a range written as two names and an ellipsis. */
  private static Set<String> variablesIn(String line) {
    String cell = line.startsWith("|") ? line.split("\\|", -1)[1] : line;
    Set<String> names = new HashSet<>();
    Matcher name = Pattern.compile("`([A-Z][A-Z0-9]+_[A-Z0-9_]+[A-Z0-9])`").matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
