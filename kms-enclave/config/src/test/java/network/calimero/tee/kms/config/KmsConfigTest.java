package network.calimero.tee.kms.config;

import static network.calimero.tee.kms.config.Reading.HEX;
import static network.calimero.tee.kms.config.Reading.OTHER_HEX;
import static network.calimero.tee.kms.config.Reading.POLICY;
import static network.calimero.tee.kms.config.Reading.problems;
import static network.calimero.tee.kms.config.Reading.read;
import static network.calimero.tee.kms.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.config.Setting.Origin;
import network.calimero.tee.kms.release.KeyPrefixes;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsConfigTest {
  private static Image pinned(Profile profile) {
    return Reading.image(Optional.of(profile), Map.of());
  }

  private static AppraisalPolicy.Enforced enforced(KmsConfig config) {
    return (AppraisalPolicy.Enforced) ((PolicySource.Fixed) config.policy()).policy().policy();
  }

  @Test
  void nothingSetMeansTheDefaults() {
    KmsConfig config = read(Map.of());

    assertThat(config.listenAddress()).isEqualTo(new ListenAddress("0.0.0.0", 8080));
    assertThat(config.backend())
        .isEqualTo(new Backend.Dstack(Path.of("/var/run/dstack.sock"), Optional.empty()));
    assertThat(config.challengeTtl()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxConsumedChallenges()).isEqualTo(10_000);
    assertThat(config.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(config.pinned()).isFalse();
    assertThat(config.keyPrefixes())
        .isEqualTo(new KeyPrefixes("merod/storage", "mero-agent/storage"));
    assertThat(config.policy())
        .isInstanceOfSatisfying(
            PolicySource.Release.class,
            release -> {
              assertThat(release.version()).isEmpty();
              assertThat(release.sha256()).isEmpty();
              assertThat(release.releases())
                  .hasToString("https://github.com/calimero-network/mero-tee/releases");
              assertThat(release.signers().identities()).hasSize(2);
              assertThat(release.signers().trustedRoot()).isEmpty();
            });
    assertThat(config.floors()).isEqualTo(new Floors(Optional.empty(), 0, 0));
    assertThat(config.sealingRequired()).isTrue();
    assertThat(config.corsAllowedOrigins()).isEmpty();
    assertThat(config.pcsServers()).containsExactly(PcsBase.INTEL);
    assertThat(config.logLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void unknownVariablesAreIgnored() {
    assertThat(read(Map.of("PATH", "/bin", "MERO_SOMETHING", " "))).isEqualTo(read(Map.of()));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThat(problems(Map.of("LISTEN_ADDR", "x", "CHALLENGE_TTL_SECS", "0", "RUST_LOG", "?")))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "YES", " on ", "True"})
  void trueIsSpeltInManyWays(String text) {
    Map<String, String> environment = with(POLICY, "USE_ENV_POLICY", text);
    assertThat(read(environment).policy()).isInstanceOf(PolicySource.Fixed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "No", " off "})
  void falseIsSpeltInManyWays(String text) {
    Map<String, String> environment = with(POLICY, "USE_ENV_POLICY", text);
    assertThat(read(environment).policy()).isInstanceOf(PolicySource.Release.class);
  }

  @ParameterizedTest
  @CsvSource({
    "merod/storage, merod/storage",
    "/a/b/, a/b",
    "'  ', merod/storage",
    "x, x",
  })
  void slashesAtTheEndsOfThePrefixAreCutAndBlankIsTheDefault(String text, String prefix) {
    assertThat(read(Map.of("KEY_NAMESPACE_PREFIX", text)).keyPrefixes().node()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "info, INFO",
    "WARN, WARNING",
    "debug, DEBUG",
    "'mero_kms=debug,warn', WARNING",
    "'mero_kms=debug', INFO",
    "' ', INFO",
    "off, OFF",
  })
  void logFilterIsReadAsOperatorsWriteIt(String text, Level level) {
    assertThat(read(Map.of("RUST_LOG", text)).logLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://a.example/", "a.example", "https://A.example", "HTTPS://a.example"})
  void anOriginThatNoBrowserSendsIsSaidToBeOne(String origin) {
    assertThat(
            read(Map.of("CORS_ALLOWED_ORIGINS", "null,http://[::1]:80,https://b.example"))
                .warnings())
        .noneMatch(warning -> warning.contains("CORS"));
    assertThat(read(Map.of("CORS_ALLOWED_ORIGINS", origin)).warnings())
        .anyMatch(warning -> warning.startsWith("CORS_ALLOWED_ORIGINS has " + origin + ","));
    assertThat(read(Map.of("CORS_ALLOWED_ORIGINS", origin + ",b,c")).warnings())
        .filteredOn(warning -> warning.startsWith("CORS"))
        .singleElement(STRING)
        .startsWith("CORS_ALLOWED_ORIGINS has " + origin + " and 2 more,");
  }

  @Test
  void listenAddressesOfAllKindsAreRead() {
    assertThat(read(Map.of("LISTEN_ADDR", "[::1]:0")).listenAddress())
        .isEqualTo(new ListenAddress("::1", 0));
    assertThat(read(Map.of("LISTEN_ADDR", "localhost:65535")).listenAddress())
        .hasToString("localhost:65535");
    assertThat(read(Map.of("LISTEN_ADDR", "[::]:80")).listenAddress()).hasToString("[::]:80");
  }

  @Test
  void policyOfTheEnvironmentHasAllItsLists() {
    Map<String, String> environment =
        with(
            with(POLICY, "ALLOWED_MRTD", "0x" + HEX.toUpperCase(Locale.ROOT) + ", " + OTHER_HEX),
            "ALLOWED_TCB_STATUSES",
            "UpToDate,swhardeningneeded");

    AppraisalPolicy.Enforced policy = enforced(read(environment));

    assertThat(policy.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(policy.statuses())
        .isEqualTo(Set.of(TcbStatus.UP_TO_DATE, TcbStatus.SW_HARDENING_NEEDED));
    assertThat(((ReferenceValues.SeparateLists) policy.references()).lists().get(Register.MRTD))
        .isEqualTo(Set.of(Measurement.fromHex(HEX), Measurement.fromHex(OTHER_HEX)));
  }

  @ParameterizedTest
  @EnumSource
  void emptyListStopsTheStartNamingIt(Register register) {
    String name = "ALLOWED_" + register.name();
    for (String empty : List.of("", " , ")) {
      assertThat(problems(with(POLICY, name, empty)).getFirst())
          .contains("USE_ENV_POLICY")
          .contains(name)
          .doesNotContain("ALLOWED_TCB_STATUSES");
    }
  }

  @Test
  void emptyListOfStatusesStopsTheStart() {
    assertThat(problems(with(POLICY, "ALLOWED_TCB_STATUSES", ",")).getFirst())
        .contains("ALLOWED_TCB_STATUSES");
  }

  @Test
  void orderAndSpellingOfListsDoNotChangeTheDigestsButValuesDo() {
    String two = HEX + "," + OTHER_HEX;
    String swapped = OTHER_HEX + ",0x" + HEX;
    String digest = read(with(POLICY, "ALLOWED_MRTD", two)).securityDigest();

    assertThat(read(with(POLICY, "ALLOWED_MRTD", swapped)).securityDigest()).isEqualTo(digest);
    assertThat(read(POLICY).securityDigest()).isNotEqualTo(digest);
    assertThat(read(with(POLICY, "KEY_NAMESPACE_PREFIX", "x")).securityDigest())
        .isNotEqualTo(read(POLICY).securityDigest());
  }

  @Test
  void policyThatIsNotEnforcedGivesOutKeysOfProfileDebugOnly() {
    KmsConfig config = read(Map.of("ENFORCE_MEASUREMENT_POLICY", "false"));

    assertThat(config.profile()).isEqualTo(Profile.DEBUG);
    assertThat(((PolicySource.Unenforced) config.policy()).policy().policy().profile())
        .isEqualTo(Profile.DEBUG);
    assertThat(config.warnings())
        .anySatisfy(w -> assertThat(w).contains("ENFORCE_MEASUREMENT_POLICY=false"));
  }

  @Test
  void policyThatIsNotEnforcedDoesNotGoTogetherWithAnotherExplicitProfile() {
    assertThat(
            problems(
                Map.of(
                    "ENFORCE_MEASUREMENT_POLICY", "false",
                    "MERO_KMS_PROFILE", "locked-read-only")))
        .singleElement()
        .asString()
        .contains("ENFORCE_MEASUREMENT_POLICY=false")
        .contains("locked-read-only");
    assertThat(
            read(Map.of(
                    "ENFORCE_MEASUREMENT_POLICY", "false",
                    "MERO_KMS_PROFILE", "DEBUG"))
                .profile())
        .isEqualTo(Profile.DEBUG);
  }

  @Test
  void deprecatedNameOfTheProfileCountsWithAWarningAndMustNotContradict() {
    KmsConfig alone = read(Map.of("KMS_POLICY_PROFILE", "debug-read-only"));
    assertThat(alone.profile()).isEqualTo(Profile.DEBUG_READ_ONLY);
    assertThat(alone.warnings()).anySatisfy(w -> assertThat(w).contains("deprecated"));

    assertThat(
            problems(Map.of("KMS_POLICY_PROFILE", "debug", "MERO_KMS_PROFILE", "debug-read-only")))
        .singleElement()
        .asString()
        .contains("KMS_POLICY_PROFILE=debug", "MERO_KMS_PROFILE=debug-read-only");
    assertThat(read(Map.of("KMS_POLICY_PROFILE", "DEBUG", "MERO_KMS_PROFILE", "debug")).profile())
        .isEqualTo(Profile.DEBUG);
  }

  @Test
  void blankProfileWithoutAPinMeansTheDefault() {
    assertThat(read(Map.of("MERO_KMS_PROFILE", " ")).profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
  }

  @Test
  void pinnedProfileCountsAndAnOverrideMustEqualIt() {
    Image image = pinned(Profile.DEBUG_READ_ONLY);

    assertThat(read(Map.of(), image).profile()).isEqualTo(Profile.DEBUG_READ_ONLY);
    assertThat(read(Map.of("MERO_KMS_PROFILE", "Debug-Read-Only"), image).pinned()).isTrue();
    for (String name : List.of("MERO_KMS_PROFILE", "KMS_POLICY_PROFILE")) {
      assertThat(problems(Map.of(name, "debug"), image))
          .singleElement()
          .asString()
          .startsWith(name + "=debug does not match profile-pinned image value debug-read-only");
      assertThat(problems(Map.of(name, ""), image)).singleElement().asString().contains("blank");
    }
  }

  @Test
  void variablesWithoutEffectAreSaidAtStart() {
    assertThat(read(Map.of("MAX_PENDING_CHALLENGES", "5")).warnings())
        .anySatisfy(w -> assertThat(w).contains("MAX_PENDING_CHALLENGES"));
    assertThat(read(Map.of("MERO_KMS_JOIN_RETRY_SECS", "5")).warnings())
        .anySatisfy(w -> assertThat(w).contains("MERO_KMS_JOIN_RETRY_SECS"));
    assertThat(read(with(POLICY, "MERO_KMS_VERSION", "2.3.4")).warnings())
        .anySatisfy(w -> assertThat(w).startsWith("MERO_KMS_VERSION has no effect"));
    assertThat(read(Map.of("ALLOWED_MRTD", HEX)).warnings())
        .anySatisfy(w -> assertThat(w).startsWith("ALLOWED_MRTD has no effect"));
    Map<String, String> cluster =
        Map.of(
            "MERO_KMS_BACKEND", "tdx",
            "MERO_KMS_PEERS", "http://peer",
            "REDIS_URL", "redis://host");
    assertThat(read(with(POLICY, cluster)).warnings())
        .anySatisfy(w -> assertThat(w).startsWith("REDIS_URL has no effect"));
    Map<String, String> shared =
        Map.of("REDIS_URL", "redis://host", "MAX_CONSUMED_CHALLENGES", "5");
    assertThat(read(shared).warnings())
        .anySatisfy(w -> assertThat(w).startsWith("MAX_CONSUMED_CHALLENGES has no effect"));
  }

  @Test
  void imageProfileFileMustHoldAProfileIfItIsThere(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("image-profile");
    assertThat(ImageProfile.read(file)).isEmpty();

    Files.writeString(file, "Locked-Read-Only\n");
    assertThat(ImageProfile.read(file)).contains(Profile.LOCKED_READ_ONLY);

    String padded = "debug" + " ".repeat(300) + "not";
    for (String bad : List.of("", " \n", "production", padded)) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> ImageProfile.read(file))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(file.toString());
    }

    Path unreadable = Files.createDirectory(folder.resolve("folder"));
    assertThatThrownBy(() -> ImageProfile.read(unreadable))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void policyNamesARelease() {
    String sha256 = "0x" + "Ab".repeat(32);
    KmsConfig config =
        read(
            Map.of(
                "MERO_KMS_VERSION", "mero-kms-v2.3.40",
                "MERO_KMS_POLICY_SHA256", sha256,
                "RELEASES_URL", "https://mirror.example/releases/"));

    assertThat(config.policy())
        .isInstanceOfSatisfying(
            PolicySource.Release.class,
            release -> {
              assertThat(release.version()).hasToString("Optional[2.3.40]");
              assertThat(release.sha256().map(Bytes::hex)).contains("ab".repeat(32));
              assertThat(release.releases()).hasToString("https://mirror.example/releases");
            });
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void withoutAVersionItStartsAndSaysThatItIsNotReady() {
    assertThat(read(Map.of()).warnings())
        .singleElement()
        .asString()
        .startsWith("MERO_KMS_VERSION is not set");
  }

  @Test
  void versionBelowTheFloorIsRefusedNamingBoth() {
    Map<String, String> environment =
        Map.of("MERO_KMS_VERSION", "2.3.9", "MIN_POLICY_VERSION", "2.3.10");

    assertThat(problems(environment))
        .singleElement()
        .asString()
        .contains("MERO_KMS_VERSION=2.3.9", "MIN_POLICY_VERSION=2.3.10");
    assertThat(read(with(environment, "MERO_KMS_VERSION", "2.3.10")).floors().policyVersion())
        .contains(new ReleaseVersion(2, 3, 10));
  }

  @Test
  void listsOfAgentsAreAllFiveOrNoneEvenIfNothingIsEnforced() {
    Map<String, String> agents = Reading.lists("AGENT_ALLOWED_", OTHER_HEX);
    for (String missing : agents.keySet()) {
      Map<String, String> four = Reading.without(agents, missing);
      for (Map<String, String> rest :
          List.of(POLICY, Map.<String, String>of(), Map.of("ENFORCE_MEASUREMENT_POLICY", "no"))) {
        assertThat(problems(with(rest, four))).singleElement().asString().startsWith(missing);
      }
    }
  }

  @Test
  void agentsHaveAPolicyOfTheSameProfileAndStatuses() {
    KmsConfig config =
        read(
            with(
                with(POLICY, Reading.lists("AGENT_ALLOWED_", OTHER_HEX)),
                Map.of(
                    "ALLOWED_TCB_STATUSES", "outofdate",
                    "MERO_KMS_PROFILE", "debug-read-only")));

    AppraisalPolicy.Enforced agents =
        (AppraisalPolicy.Enforced)
            ((PolicySource.Fixed) config.policy()).policy().agents().orElseThrow();
    assertThat(agents.role()).isEqualTo(Role.AGENT);
    assertThat(agents.profile()).isEqualTo(Profile.DEBUG_READ_ONLY);
    assertThat(agents.statuses()).isEqualTo(Set.of(TcbStatus.OUT_OF_DATE));
    assertThat(((ReferenceValues.SeparateLists) agents.references()).lists().get(Register.RTMR3))
        .isEqualTo(Set.of(Measurement.fromHex(OTHER_HEX)));
    assertThat(((PolicySource.Fixed) read(POLICY).policy()).policy().agents()).isEmpty();
  }

  @Test
  void nodesAndAgentsMustNotShareAValueInEveryRegister() {
    Map<String, String> both = with(POLICY, Reading.lists("AGENT_ALLOWED_", OTHER_HEX + "," + HEX));

    assertThat(problems(both)).singleElement().asString().startsWith("AGENT_ALLOWED_MRTD");
    assertThat(read(with(both, "AGENT_ALLOWED_RTMR2", OTHER_HEX)).policy())
        .isInstanceOf(PolicySource.Fixed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "mero-agent/storage, ''",
    "/mero-agent/storage/, ' '",
    "same, /same/",
    "merod/x, merod/x",
  })
  void prefixesOfNodesAndAgentsDifferOnceTheirSlashesAreCut(String node, String agent) {
    assertThat(problems(Map.of("KEY_NAMESPACE_PREFIX", node, "AGENT_KEY_NAMESPACE_PREFIX", agent)))
        .singleElement()
        .asString()
        .startsWith("AGENT_KEY_NAMESPACE_PREFIX");
  }

  @Test
  void clusterNeedsItsPolicyInTheSettingsAndARootToShare() {
    Map<String, String> tdx = with(POLICY, "MERO_KMS_BACKEND", " TDX ");

    assertThat(problems(tdx)).singleElement().asString().contains("MERO_KMS_PEERS", "BOOTSTRAP");
    assertThat(problems(Map.of("MERO_KMS_BACKEND", "tdx", "MERO_KMS_PEERS", "http://peer")))
        .singleElement()
        .asString()
        .contains("USE_ENV_POLICY=true");
    assertThat(read(with(tdx, "MERO_KMS_PEERS", "http://a:1/, https://b/x ")).backend())
        .isEqualTo(
            new Backend.Tdx(
                false,
                List.of(URI.create("http://a:1"), URI.create("https://b/x")),
                Duration.ofSeconds(10)));
    KmsConfig first =
        read(with(tdx, Map.of("MERO_KMS_BOOTSTRAP", "true", "MERO_KMS_JOIN_RETRY_SECS", "-3")));
    assertThat(first.backend()).isEqualTo(new Backend.Tdx(true, List.of(), Duration.ofSeconds(1)));
    assertThat(first.warnings()).anySatisfy(w -> assertThat(w).startsWith("MERO_KMS_BOOTSTRAP"));
  }

  @ParameterizedTest
  @CsvSource({"MERO_KMS_BOOTSTRAP, true", "MERO_KMS_PEERS, http://peer"})
  void dstackRefusesWhatBelongsToTheCluster(String name, String value) {
    for (String dstack : List.of("dstack", " ")) {
      assertThat(problems(Map.of("MERO_KMS_BACKEND", dstack, name, value)))
          .singleElement()
          .asString()
          .startsWith(name)
          .contains("dstack");
    }
    assertThat(read(Map.of("MERO_KMS_BOOTSTRAP", "off")).backend().kind()).isEqualTo("dstack");
  }

  @Test
  void settingsSayWhereTheyAreFromAndShowNoPassword() {
    Map<String, String> environment =
        Map.of("REDIS_URL", "redis://u:secret@host", "MERO_KMS_PROFILE", "debug");
    List<Setting> settings =
        read(environment, Reading.image(Optional.empty(), Map.of("CHALLENGE_TTL_SECS", "5")))
            .settings();

    assertThat(settings).extracting(Setting::name).hasSameSizeAs(Variables.all());
    assertThat(Reading.setting(settings, "REDIS_URL").value()).contains("redis://u:…@host:6379/0");
    assertThat(Reading.setting(settings, "REDIS_URL").origin()).isEqualTo(Origin.ENVIRONMENT);
    assertThat(Reading.setting(settings, "CHALLENGE_TTL_SECS").value()).contains("5");
    assertThat(Reading.setting(settings, "CHALLENGE_TTL_SECS").origin())
        .isEqualTo(Origin.MEASURED_FILE);
    assertThat(Reading.setting(settings, "MERO_KMS_PROFILE").origin())
        .isEqualTo(Origin.ENVIRONMENT);
    assertThat(Reading.setting(settings, "RUST_LOG").origin()).isEqualTo(Origin.DEFAULT);
    assertThat(Reading.setting(settings, "MERO_KMS_VERSION").value()).isEmpty();
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void profileThatIsWeakenedIsShownAsItCounts() {
    List<Setting> settings = read(Map.of("ENFORCE_MEASUREMENT_POLICY", "no")).settings();
    assertThat(Reading.setting(settings, "MERO_KMS_PROFILE").value()).contains("debug");

    List<Setting> pinned = read(Map.of(), pinned(Profile.DEBUG_READ_ONLY)).settings();
    assertThat(Reading.setting(pinned, "MERO_KMS_PROFILE").value()).contains("debug-read-only");
    assertThat(Reading.setting(pinned, "MERO_KMS_PROFILE").origin())
        .isEqualTo(Origin.IMAGE_PROFILE);
  }

  @ParameterizedTest
  @CsvSource({
    "MERO_KMS_VERSION, 2.3.99",
    "MERO_KMS_POLICY_SHA256, 0000000000000000000000000000000000000000000000000000000000000000",
    "KEY_NAMESPACE_PREFIX, x",
    "AGENT_KEY_NAMESPACE_PREFIX, x",
    "MERO_KMS_PROFILE, debug-read-only",
    "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE, false",
    "ENFORCE_MEASUREMENT_POLICY, false",
    "MIN_POLICY_VERSION, 2.3.4",
    "MIN_TCB_EVALUATION_DATA_NUMBER, 1",
    "MIN_QE_EVALUATION_DATA_NUMBER, 1",
    "POLICY_IDENTITY, https://github.com/a/b/.github/workflows/c.yaml@refs/heads/d",
    "POLICY_ISSUER, https://issuer.example",
    "SIGSTORE_TRUSTED_ROOT, /etc/root.json",
  })
  void everySettingOfSecurityIsInTheDigest(String name, String value) {
    Map<String, String> base = Map.of("MERO_KMS_VERSION", "2.3.40");

    assertThat(read(with(base, name, value)).securityDigest())
        .isNotEqualTo(read(base).securityDigest())
        .matches("[0-9a-f]{64}");
    assertThat(read(with(base, "CHALLENGE_TTL_SECS", "7")).securityDigest())
        .isEqualTo(read(base).securityDigest());
  }

  @Test
  void policyOfTheSettingsIsInTheDigest() {
    String digest = read(POLICY).securityDigest();
    Map<String, String> agents = with(POLICY, Reading.lists("AGENT_ALLOWED_", OTHER_HEX));

    assertThat(read(agents).securityDigest()).isNotEqualTo(digest);
    assertThat(read(with(POLICY, "ALLOWED_TCB_STATUSES", "outofdate")).securityDigest())
        .isNotEqualTo(digest);
    assertThat(
            read(with(POLICY, Map.of("MERO_KMS_BACKEND", "tdx", "MERO_KMS_BOOTSTRAP", "1")))
                .securityDigest())
        .isNotEqualTo(digest);
  }

  /** An image that pins nothing leaves more to the environment, from the next start on. */
  @Test
  void whetherTheImagePinsTheProfileIsInTheDigest() {
    Map<String, String> debug = Map.of("MERO_KMS_PROFILE", "debug");
    Image pinned = Reading.image(Optional.of(Profile.DEBUG), Map.of());

    assertThat(read(debug, pinned).securityDigest()).isNotEqualTo(read(debug).securityDigest());
  }
}
