package network.calimero.tee.kms.config;

import static network.calimero.tee.kms.config.Reading.FILE;
import static network.calimero.tee.kms.config.Reading.HEX;
import static network.calimero.tee.kms.config.Reading.LOCKED;
import static network.calimero.tee.kms.config.Reading.OTHER_HEX;
import static network.calimero.tee.kms.config.Reading.POLICY;
import static network.calimero.tee.kms.config.Reading.locked;
import static network.calimero.tee.kms.config.Reading.problems;
import static network.calimero.tee.kms.config.Reading.read;
import static network.calimero.tee.kms.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.kms.config.Setting.Origin;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the environment can never do (kms-config.md). */
class PinnedImageTest {
  private static final Map<String, String> AGENTS = Reading.lists("AGENT_ALLOWED_", OTHER_HEX);

  /** All that weakens or defines trust. */
  private static Map<String, String> weakening() {
    Map<String, String> all = new HashMap<>(with(POLICY, AGENTS));
    all.put("ALLOWED_TCB_STATUSES", "uptodate,outofdate");
    all.put("ENFORCE_MEASUREMENT_POLICY", "false");
    all.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
    all.put("MERO_KMS_BACKEND", "tdx");
    all.put("MIN_POLICY_VERSION", "1.0.0");
    all.put("MIN_TCB_EVALUATION_DATA_NUMBER", "1");
    all.put("MIN_QE_EVALUATION_DATA_NUMBER", "1");
    all.put(
        "POLICY_IDENTITY",
        "https://github.com/attacker/x/.github/workflows/w.yaml@refs/heads/main");
    all.put("POLICY_ISSUER", "https://attacker.example");
    all.put("SIGSTORE_TRUSTED_ROOT", "/tmp/root.json");
    return all;
  }

  static Stream<Map.Entry<String, String>> eachWeakening() {
    return weakening().entrySet().stream();
  }

  static List<String> launchVariables() {
    return LaunchVariables.NAMES;
  }

  /** The Java VM and the loader obey them before the first line of the program runs. */
  @ParameterizedTest
  @MethodSource("launchVariables")
  void whatCouldOpenTheProcessItselfStopsTheStart(String name) {
    Map<String, String> environment = Map.of(name, "-agentlib:jdwp=transport=dt_socket");
    Map<String, String> exported = Map.of(name, "-Xmx1g");

    assertThat(problems(environment, LOCKED))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem).startsWith(name + " ").contains("unset it").doesNotContain("jdwp"));
    assertThat(problems(environment, locked(exported))).hasSize(1);
    assertThat(read(exported, locked(exported)).pinned()).isTrue();
    assertThat(read(Map.of(name, " "), LOCKED).pinned()).isTrue();
    assertThat(read(environment).pinned()).isFalse();
    assertThat(read(environment, Reading.image(Optional.of(Profile.DEBUG), Map.of())).profile())
        .isEqualTo(Profile.DEBUG);
  }

  @ParameterizedTest
  @MethodSource("eachWeakening")
  void environmentCannotWeakenOrDefineTrust(Map.Entry<String, String> entry) {
    for (Profile profile : List.of(Profile.LOCKED_READ_ONLY, Profile.DEBUG_READ_ONLY)) {
      Image image = Reading.image(Optional.of(profile), Map.of());
      assertThat(problems(Map.ofEntries(entry), image))
          .anySatisfy(
              problem -> assertThat(problem).startsWith(entry.getKey() + " ").contains(FILE));
    }
  }

  @Test
  void whateverHasARuleOfTrustIsTriedHere() {
    assertThat(weakening().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Variables.all().stream()
                .filter(variable -> !(variable.trust() instanceof Variable.Trust.Harmless<?>))
                .map(Variable::name)
                .filter(name -> !name.equals("MERO_KMS_POLICY_SHA256"))
                .toList());
  }

  @Test
  void environmentMayRepeatWhatIsSafe() {
    Map<String, String> safe =
        with(
            Map.of(
                "ENFORCE_MEASUREMENT_POLICY", "true",
                "USE_ENV_POLICY", "false",
                "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true",
                "ALLOWED_TCB_STATUSES", "UpToDate",
                "ALLOWED_MRTD", "",
                "AGENT_ALLOWED_MRTD", "",
                "ACCEPT_MOCK_ATTESTATION", "false",
                "MERO_KMS_BACKEND", "DSTACK",
                "MERO_KMS_PROFILE", "locked-read-only",
                "LISTEN_ADDR", "127.0.0.1:1"),
            Map.of(
                "POLICY_ISSUER", "https://token.actions.githubusercontent.com",
                "MIN_TCB_EVALUATION_DATA_NUMBER", "19"));

    assertThat(read(safe, LOCKED).pinned()).isTrue();
  }

  @Test
  void whatIsHarmlessIsTheEnvironmentsAndComesBeforeTheFile() {
    Map<String, String> environment =
        Map.of(
            "LISTEN_ADDR", "127.0.0.1:1",
            "CORS_ALLOWED_ORIGINS", "https://a.example",
            "MERO_KMS_VERSION", "2.4.0",
            "MERO_KMS_POLICY_SHA256", "ab".repeat(32),
            "RELEASES_URL", "https://mirror.example");

    KmsConfig config = read(environment, locked(Map.of("LISTEN_ADDR", "127.0.0.1:2")));

    assertThat(config.listenAddress().port()).isEqualTo(1);
    assertThat(read(Map.of(), locked(Map.of("LISTEN_ADDR", "h:2"))).listenAddress().port())
        .isEqualTo(2);
    assertThat(
            read(Map.of("KEY_NAMESPACE_PREFIX", " "), locked(Map.of("KEY_NAMESPACE_PREFIX", "x")))
                .keyPrefixes()
                .node())
        .isEqualTo("x");
  }

  @Test
  void measuredFileDefinesTrust() {
    KmsConfig config =
        read(
            Map.of(),
            locked(
                with(
                    with(POLICY, AGENTS),
                    Map.of(
                        "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false",
                        "MERO_KMS_BACKEND", "tdx",
                        "MERO_KMS_PEERS", "http://peer"))));

    assertThat(config.sealingRequired()).isFalse();
    assertThat(config.backend()).isInstanceOf(Backend.Tdx.class);
    assertThat(config.policy())
        .isInstanceOfSatisfying(
            PolicySource.Fixed.class,
            fixed -> {
              assertThat(fixed.policy().source()).startsWith("measured file");
              assertThat(fixed.policy().agents()).isPresent();
            });
  }

  @Test
  void systemdMayExportTheFileIntoTheEnvironment() {
    Map<String, String> file = with(with(POLICY, AGENTS), "MIN_POLICY_VERSION", "1.0.0");
    Map<String, String> exported = with(file, "ALLOWED_RTMR3", "0x" + HEX.toUpperCase(Locale.ROOT));

    KmsConfig config = read(exported, locked(file));

    assertThat(config).isEqualTo(read(Map.of(), locked(file)));
    assertThat(Reading.setting(config.settings(), "ALLOWED_RTMR3").origin())
        .isEqualTo(Origin.MEASURED_FILE);
  }

  @Test
  void valueUnlikeTheFilesIsRefused() {
    assertThat(problems(Map.of("ALLOWED_MRTD", OTHER_HEX), locked(POLICY)))
        .singleElement()
        .asString()
        .startsWith("ALLOWED_MRTD ")
        .contains(FILE);
  }

  @Test
  void safeValueOfTheEnvironmentDoesNotUndoWhatTheFileSays() {
    Map<String, String> file =
        with(
            POLICY,
            Map.of(
                "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE",
                "false",
                "MERO_KMS_POLICY_SHA256",
                "ab".repeat(32)));
    Map<String, String> environment =
        Map.of(
            "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true",
            "USE_ENV_POLICY", "false",
            "MERO_KMS_POLICY_SHA256", "cd".repeat(32));

    KmsConfig config = read(environment, locked(file));

    assertThat(config.sealingRequired()).isFalse();
    assertThat(config.policy()).isInstanceOf(PolicySource.Fixed.class);
    for (String name : environment.keySet()) {
      assertThat(config.warnings())
          .anySatisfy(w -> assertThat(w).startsWith(name).contains("set aside", FILE));
    }
  }

  @Test
  void whereAgentsAreServedTheEnvironmentCannotExchangePrefixes() {
    Image both = locked(with(with(POLICY, AGENTS), "KEY_NAMESPACE_PREFIX", "nodes"));
    Map<String, String> exchanged =
        Map.of(
            "KEY_NAMESPACE_PREFIX", "mero-agent/storage",
            "AGENT_KEY_NAMESPACE_PREFIX", "nodes");

    assertThat(problems(exchanged, both))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("_NAMESPACE_PREFIX keeps", FILE));
    Map<String, String> asIfByDefault =
        Map.of(
            "KEY_NAMESPACE_PREFIX", "merod/storage",
            "AGENT_KEY_NAMESPACE_PREFIX", "mero-agent/storage");
    assertThat(problems(asIfByDefault, both)).singleElement().asString().startsWith("KEY_NAMES");
    assertThat(read(asIfByDefault, locked(with(POLICY, AGENTS))).keyPrefixes().agent())
        .isEqualTo("mero-agent/storage");
    Map<String, String> same =
        Map.of(
            "KEY_NAMESPACE_PREFIX", "nodes",
            "AGENT_KEY_NAMESPACE_PREFIX", "mero-agent/storage");
    assertThat(read(same, both).keyPrefixes().node()).isEqualTo("nodes");
    assertThat(read(exchanged, locked(POLICY)).keyPrefixes().agent()).isEqualTo("nodes");
    Image unpinned = Reading.image(Optional.empty(), both.settings().values());
    assertThat(read(exchanged, unpinned).keyPrefixes().agent()).isEqualTo("nodes");
  }

  @Test
  void aMeasuredPrefixIsNotTheEnvironmentsToChange() {
    Image image = locked(with(POLICY, "KEY_NAMESPACE_PREFIX", "nodes"));

    assertThat(problems(Map.of("KEY_NAMESPACE_PREFIX", "others"), image))
        .singleElement()
        .asString()
        .startsWith("KEY_NAMESPACE_PREFIX keeps the keys of one KMS")
        .contains(FILE);
    assertThat(read(Map.of("KEY_NAMESPACE_PREFIX", "/nodes"), image).keyPrefixes().node())
        .isEqualTo("nodes");
    assertThat(read(Map.of("AGENT_KEY_NAMESPACE_PREFIX", "a"), image).keyPrefixes().agent())
        .isEqualTo("a");
  }

  @Test
  void measuredFileCannotWeakenAnImageOfProduction() {
    assertThat(problems(Map.of(), locked(Map.of("ENFORCE_MEASUREMENT_POLICY", "false"))))
        .singleElement()
        .asString()
        .contains("locked-read-only");
    assertThat(problems(Map.of(), locked(Map.of("ACCEPT_MOCK_ATTESTATION", "true"))))
        .singleElement()
        .asString()
        .startsWith("ACCEPT_MOCK_ATTESTATION");
  }

  @Test
  void imageOfProductionHasFloorsThatItsFileCanMove() {
    assertThat(read(Map.of(), LOCKED).floors()).isEqualTo(Floors.NEWEST_KNOWN);
    assertThat(problems(Map.of("MERO_KMS_VERSION", "2.3.40"), LOCKED))
        .singleElement()
        .asString()
        .startsWith("MERO_KMS_VERSION=2.3.40");
    Image older =
        locked(
            Map.of(
                "MIN_POLICY_VERSION", "2.3.40",
                "MIN_TCB_EVALUATION_DATA_NUMBER", "0",
                "MIN_QE_EVALUATION_DATA_NUMBER", "21"));
    assertThat(read(Map.of("MERO_KMS_VERSION", "2.3.40"), older).floors())
        .isEqualTo(new Floors(Optional.of(new ReleaseVersion(2, 3, 40)), 0, 21));
  }

  @Test
  void imageOfProfileDebugMayBeWeakenedFromTheEnvironment() {
    Image image = Reading.image(Optional.of(Profile.DEBUG), Map.of());

    assertThat(read(POLICY, image).policy()).isInstanceOf(PolicySource.Fixed.class);
    assertThat(read(Map.of("ENFORCE_MEASUREMENT_POLICY", "no"), image).profile())
        .isEqualTo(Profile.DEBUG);
  }

  @Test
  void withoutAPinTheEnvironmentMayDoItAllAndItIsSaidLoudly() {
    Map<String, String> all =
        with(weakening(), Map.of("MERO_KMS_PEERS", "http://peer", "MERO_KMS_PROFILE", "debug"));
    Image image = Reading.image(Optional.empty(), Map.of("MIN_TCB_EVALUATION_DATA_NUMBER", "30"));

    KmsConfig config = read(all, image);

    assertThat(config.floors().tcbEvaluationDataNumber()).isEqualTo(1);
    String sealing = "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE";
    Image plain = Reading.image(Optional.empty(), Map.of(sealing, "false"));
    assertThat(read(Map.of(sealing, "true"), plain).sealingRequired()).isTrue();
    assertThat(config.warnings())
        .anySatisfy(w ->
            assertThat(w)
                .startsWith("the environment, which nobody measures")
                .contains(weakening().keySet()));
    assertThat(read(Map.of("LISTEN_ADDR", "h:1")).warnings())
        .noneSatisfy(w -> assertThat(w).contains("nobody measures"));
  }

  @Test
  void namesInTheFileThatAreNoSettingsAreToldAndPassedOver() {
    assertThat(read(Map.of("ALOWED_MRTD", HEX), locked(Map.of("ALOWED_RTMR0", HEX))).warnings())
        .filteredOn(w -> w.contains("is no setting"))
        .singleElement()
        .asString()
        .startsWith("ALOWED_RTMR0 in " + FILE);
  }

  @Test
  void refusalShowsTheSettingsThatWereRead() {
    Map<String, String> environment =
        Map.of(
            "ENFORCE_MEASUREMENT_POLICY", "false",
            "REDIS_URL", "https://:secret@host",
            "LISTEN_ADDR", "h:1");

    List<Setting> settings = Reading.refusal(environment, LOCKED).settings();

    assertThat(Reading.setting(settings, "ENFORCE_MEASUREMENT_POLICY").value())
        .contains("(refused)");
    assertThat(Reading.setting(settings, "REDIS_URL").value()).contains("(refused)");
    assertThat(Reading.setting(settings, "LISTEN_ADDR").value()).contains("h:1");
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void imageWithoutFilesSaysNothing() throws ConfigurationException {
    Path nowhere = Path.of("/nowhere/at/all");

    Image image = Image.read(new Image.Files(nowhere, nowhere));

    assertThat(image).isEqualTo(new Image(Optional.empty(), new MeasuredFile(nowhere, Map.of())));
  }
}
