package network.calimero.tee.kms.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsConfigTest {
  private static final String HEX = "ab".repeat(48);
  private static final Map<String, String> POLICY =
      Map.of(
          "USE_ENV_POLICY", "true",
          "ALLOWED_MRTD", HEX,
          "ALLOWED_RTMR0", HEX,
          "ALLOWED_RTMR1", HEX,
          "ALLOWED_RTMR2", HEX,
          "ALLOWED_RTMR3", HEX);

  private static KmsConfig read(Map<String, String> environment) {
    return read(environment, Optional.empty());
  }

  private static KmsConfig read(Map<String, String> environment, Optional<Profile> pinned) {
    try {
      return KmsConfig.read(environment, pinned);
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(Map<String, String> environment) {
    return problems(environment, Optional.empty());
  }

  private static List<String> problems(Map<String, String> environment, Optional<Profile> pinned) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> KmsConfig.read(environment, pinned))
        .problems();
  }

  private static Map<String, String> with(Map<String, String> base, String name, String value) {
    Map<String, String> changed = new HashMap<>(base);
    changed.put(name, value);
    return changed;
  }

  private static AppraisalPolicy.Enforced enforced(KmsConfig config) {
    return (AppraisalPolicy.Enforced) ((PolicyState.Ready) config.policy()).policy();
  }

  @Test
  void nothingSetMeansTheDefaults() {
    KmsConfig config = read(Map.of());

    assertThat(config.listenAddress()).isEqualTo(new ListenAddress("0.0.0.0", 8080));
    assertThat(config.dstackSocket()).isEqualTo(Path.of("/var/run/dstack.sock"));
    assertThat(config.challengeTtl()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.maxConsumedChallenges()).isEqualTo(10_000);
    assertThat(config.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(config.pinned()).isFalse();
    assertThat(config.keyNamespacePrefix()).isEqualTo("merod/storage");
    assertThat(config.policy()).isInstanceOf(PolicyState.NotReady.class);
    assertThat(config.sealingRequired()).isTrue();
    assertThat(config.corsAllowedOrigins()).isEmpty();
    assertThat(config.pcsServers()).containsExactly(PcsBase.INTEL);
    assertThat(config.logLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void unknownVariablesAreIgnored() {
    assertThat(read(Map.of("PATH", "/bin", "MERO_SOMETHING", " "))).isEqualTo(read(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "LISTEN_ADDR, nonsense, host:port",
        "LISTEN_ADDR, ' ', blank",
        "LISTEN_ADDR, 127.0.0.1:65536, 65535",
        "LISTEN_ADDR, ::1:8080, brackets",
        "DSTACK_SOCKET_PATH, '', blank",
        "CHALLENGE_TTL_SECS, 0, above zero",
        "CHALLENGE_TTL_SECS, -1, above zero",
        "CHALLENGE_TTL_SECS, 60s, whole number",
        "MAX_PENDING_CHALLENGES, many, whole number",
        "MAX_CONSUMED_CHALLENGES, 99999999999, whole number",
        "MAX_CONSUMED_CHALLENGES, '', blank",
        "MERO_KMS_PROFILE, production, locked-read-only",
        "KMS_POLICY_PROFILE, production, locked-read-only",
        "KEY_NAMESPACE_PREFIX, //, slashes",
        "ENFORCE_MEASUREMENT_POLICY, '', blank",
        "ENFORCE_MEASUREMENT_POLICY, enabled, yes",
        "USE_ENV_POLICY, 2, yes",
        "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE, nope, yes",
        "ACCEPT_MOCK_ATTESTATION, maybe, yes",
        "ACCEPT_MOCK_ATTESTATION, true, scripts/demo",
        "ALLOWED_TCB_STATUSES, good, uptodate",
        "ALLOWED_TCB_STATUSES, 'uptodate,revoked', revoked",
        "ALLOWED_MRTD, 00, 96 hex digits",
        "ALLOWED_RTMR3, zz, 96 hex digits",
        "CORS_ALLOWED_ORIGINS, *, by name",
        "CORS_ALLOWED_ORIGINS, https://ä.example, header",
        "PCS_URLS, ftp://host, http",
        "PCS_URLS, '', blank",
        "PCS_URLS, ',', no URL",
        "RUST_LOG, loud, level",
        "RUST_LOG, 'info,mero_kms=loud', level",
        "MERO_KMS_BACKEND, tdx, dstack",
        "MERO_KMS_BOOTSTRAP, true, TDX cluster",
        "MERO_KMS_PEERS, http://peer, not serve",
        "REDIS_URL, redis://:secret@host, not serve",
      })
  void valueThatDoesNotParseStopsTheStartNamingItAndWhatIsAccepted(
      String name, String value, String says) {
    List<String> problems = problems(Map.of(name, value));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith(name).contains(says).doesNotContain("secret");
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
    assertThat(read(environment).policy()).isInstanceOf(PolicyState.Ready.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "No", " off "})
  void falseIsSpeltInManyWays(String text) {
    Map<String, String> environment = with(POLICY, "USE_ENV_POLICY", text);
    assertThat(read(environment).policy()).isInstanceOf(PolicyState.NotReady.class);
  }

  @ParameterizedTest
  @CsvSource({
    "merod/storage, merod/storage",
    "/a/b/, a/b",
    "'  ', merod/storage",
    "x, x",
  })
  void slashesAtTheEndsOfThePrefixAreCutAndBlankIsTheDefault(String text, String prefix) {
    assertThat(read(Map.of("KEY_NAMESPACE_PREFIX", text)).keyNamespacePrefix()).isEqualTo(prefix);
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
            with(
                POLICY,
                "ALLOWED_MRTD",
                "0x" + HEX.toUpperCase(Locale.ROOT) + ", " + "cd".repeat(48)),
            "ALLOWED_TCB_STATUSES",
            "UpToDate,swhardeningneeded");

    AppraisalPolicy.Enforced policy = enforced(read(environment));

    assertThat(policy.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(policy.statuses())
        .isEqualTo(Set.of(TcbStatus.UP_TO_DATE, TcbStatus.SW_HARDENING_NEEDED));
    assertThat(((ReferenceValues.SeparateLists) policy.references()).lists().get(Register.MRTD))
        .isEqualTo(Set.of(Measurement.fromHex(HEX), Measurement.fromHex("cd".repeat(48))));
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
    String two = HEX + "," + "cd".repeat(48);
    String swapped = "cd".repeat(48) + ",0x" + HEX;
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
    assertThat(((PolicyState.Ready) config.policy()).policy().profile()).isEqualTo(Profile.DEBUG);
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
    Optional<Profile> pinned = Optional.of(Profile.DEBUG_READ_ONLY);

    assertThat(read(Map.of(), pinned).profile()).isEqualTo(Profile.DEBUG_READ_ONLY);
    assertThat(read(Map.of("MERO_KMS_PROFILE", "Debug-Read-Only"), pinned).pinned()).isTrue();
    assertThat(problems(Map.of("MERO_KMS_PROFILE", "debug"), pinned))
        .singleElement()
        .asString()
        .contains("does not match profile-pinned image value debug-read-only");
    assertThat(problems(Map.of("MERO_KMS_PROFILE", ""), pinned)).hasSize(1);
  }

  static Stream<Map.Entry<String, String>> weakening() {
    return Stream.concat(
        POLICY.entrySet().stream(),
        Stream.of(
            Map.entry("ALLOWED_TCB_STATUSES", "uptodate,outofdate"),
            Map.entry("ENFORCE_MEASUREMENT_POLICY", "false"),
            Map.entry("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false")));
  }

  @ParameterizedTest
  @MethodSource("weakening")
  void onAPinnedImageTheEnvironmentCannotWeakenOrDefineTrust(Map.Entry<String, String> entry) {
    Map<String, String> environment = Map.of(entry.getKey(), entry.getValue());

    assertThat(problems(environment, Optional.of(Profile.LOCKED_READ_ONLY)))
        .anySatisfy(problem ->
            assertThat(problem).startsWith(entry.getKey()).contains("/etc/mero-kms/kms.env"));
  }

  @Test
  void onAPinnedImageTheEnvironmentMayRepeatWhatIsSafe() {
    Map<String, String> safe =
        Map.of(
            "ENFORCE_MEASUREMENT_POLICY", "true",
            "USE_ENV_POLICY", "false",
            "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true",
            "ALLOWED_TCB_STATUSES", "UpToDate",
            "ALLOWED_MRTD", "",
            "ACCEPT_MOCK_ATTESTATION", "false",
            "MERO_KMS_BACKEND", "dstack",
            "MERO_KMS_PROFILE", "locked-read-only",
            "LISTEN_ADDR", "127.0.0.1:1");

    assertThat(read(safe, Optional.of(Profile.LOCKED_READ_ONLY)).pinned()).isTrue();
  }

  @Test
  void imagePinnedToDebugMayBeWeakenedFromTheEnvironment() {
    assertThat(read(POLICY, Optional.of(Profile.DEBUG)).policy())
        .isInstanceOf(PolicyState.Ready.class);
    assertThat(
            read(Map.of("ENFORCE_MEASUREMENT_POLICY", "no"), Optional.of(Profile.DEBUG)).profile())
        .isEqualTo(Profile.DEBUG);
  }

  @Test
  void variablesWithoutEffectAreSaidAtStart() {
    KmsConfig config = read(Map.of("MAX_PENDING_CHALLENGES", "5", "MERO_KMS_VERSION", "2.3.4"));

    assertThat(config.warnings())
        .anySatisfy(w -> assertThat(w).contains("MAX_PENDING_CHALLENGES"))
        .anySatisfy(w -> assertThat(w).contains("MERO_KMS_VERSION"));
  }

  @Test
  void everyDefaultOfTheTableIsAcceptedByItsOwnParser() {
    for (Variable<?> variable : Variables.all()) {
      variable.defaultText().ifPresent(text -> variable.parser().parse(text));
    }
    assertThat(Variables.all()).extracting(Variable::name).doesNotHaveDuplicates();
  }

  @Test
  void imageProfileFileMustHoldAProfileIfItIsThere(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("image-profile");
    assertThat(ImageProfile.read(file)).isEmpty();

    Files.writeString(file, "Locked-Read-Only\n");
    assertThat(ImageProfile.read(file)).contains(Profile.LOCKED_READ_ONLY);

    for (String bad : List.of("", " \n", "production")) {
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
}
