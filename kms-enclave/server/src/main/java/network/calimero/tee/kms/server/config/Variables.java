package network.calimero.tee.kms.server.config;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;

/** The table of all variables that are read (kms-config.md). */
public final class Variables {
  private static final String BOOL = "1, true, yes, on, 0, false, no, off";
  private static final String POSITIVE = "a whole number from 1 to 2147483647";
  private static final String PROFILES = "debug, debug-read-only, locked-read-only";
  private static final String STATUSES =
      "TCB statuses between commas, such as uptodate,swhardeningneeded";
  private static final String HEX = "values of 96 hex digits between commas, 0x allowed";

  static final Variable<ListenAddress> LISTEN_ADDR =
      Variable.of(
          "LISTEN_ADDR", "host:port", "0.0.0.0:8080", "Where to listen.", ListenAddress::parse);

  static final Variable<Path> DSTACK_SOCKET_PATH =
      Variable.of(
          "DSTACK_SOCKET_PATH",
          "a path",
          "/var/run/dstack.sock",
          "Socket of the dstack guest agent, which derives keys and makes quotes.",
          Parsers::path);

  static final Variable<Integer> CHALLENGE_TTL_SECS =
      Variable.of(
          "CHALLENGE_TTL_SECS",
          POSITIVE,
          "60",
          "How long a challenge can be used, in seconds.",
          Parsers::positive);

  static final Variable<Integer> MAX_PENDING_CHALLENGES =
      Variable.of(
          "MAX_PENDING_CHALLENGES",
          POSITIVE,
          "10000",
          "Checked, without effect: issuing a challenge holds nothing here.",
          Parsers::positive);

  static final Variable<Integer> MAX_CONSUMED_CHALLENGES =
      Variable.of(
          "MAX_CONSUMED_CHALLENGES",
          POSITIVE,
          "10000",
          "How many used, unexpired challenges are remembered; when full, /get-key answers 429.",
          Parsers::positive);

  static final Variable<Profile> MERO_KMS_PROFILE =
      Variable.of(
              "MERO_KMS_PROFILE",
              PROFILES,
              "locked-read-only",
              "The cohort of nodes that is served; part of every key path.",
              Parsers::profile)
          .onPinnedImages("the image's value only");

  static final Variable<Profile> KMS_POLICY_PROFILE =
      Variable.optional(
              "KMS_POLICY_PROFILE",
              PROFILES,
              "Older name of MERO_KMS_PROFILE; if both are set they must agree.",
              Parsers::profile)
          .onPinnedImages("the image's value only");

  static final Variable<String> KEY_NAMESPACE_PREFIX =
      Variable.of(
              "KEY_NAMESPACE_PREFIX",
              "text; slashes at its ends are cut",
              "merod/storage",
              "First part of every key path: another prefix gives every node another key.",
              Parsers::keyPrefix)
          .blankIsUnset();

  static final Variable<Boolean> ENFORCE_MEASUREMENT_POLICY =
      Variable.of(
              "ENFORCE_MEASUREMENT_POLICY",
              BOOL,
              "true",
              "false skips measurements and TCB status, and gives out keys of profile debug only.",
              Parsers::bool)
          .safeOnlyIf(value -> value);

  static final Variable<Boolean> MERO_KMS_REQUIRE_SEALED_KEY_RELEASE =
      Variable.of(
              "MERO_KMS_REQUIRE_SEALED_KEY_RELEASE",
              BOOL,
              "true",
              "false also gives out keys that are not sealed, as merods before 0.11.0-rc.47 need.",
              Parsers::bool)
          .safeOnlyIf(value -> value);

  static final Variable<Boolean> USE_ENV_POLICY =
      Variable.of(
              "USE_ENV_POLICY",
              BOOL,
              "false",
              "Take the policy from the variables whose names begin with ALLOWED_."
                  + " This version has no other source of policies yet.",
              Parsers::bool)
          .safeOnlyIf(value -> !value);

  static final Variable<Set<TcbStatus>> ALLOWED_TCB_STATUSES =
      Variable.of(
              "ALLOWED_TCB_STATUSES",
              STATUSES,
              "uptodate",
              "TCB statuses that nodes may have.",
              Parsers::statuses)
          .safeOnlyIf(Set.of(TcbStatus.UP_TO_DATE)::equals);

  static final Variable<Boolean> ACCEPT_MOCK_ATTESTATION =
      Variable.of(
              "ACCEPT_MOCK_ATTESTATION",
              BOOL,
              "false",
              "true stops the start: this program has no code that accepts mock quotes.",
              Parsers::bool)
          .onPinnedImages("false only");

  static final Variable<List<String>> CORS_ALLOWED_ORIGINS =
      Variable.optional(
              "CORS_ALLOWED_ORIGINS",
              "origins such as https://app.example between commas",
              "Origins of web pages that may call; none: no CORS headers at all.",
              Parsers::origins)
          .blankIsUnset();

  static final Variable<List<PcsBase>> PCS_URLS =
      Variable.of(
          "PCS_URLS",
          "base URLs between commas, asked in that order",
          "https://api.trustedservices.intel.com",
          "Servers of Intel's collateral (PCS or PCCS, v4); what they serve is signed by Intel.",
          Parsers::pcsServers);

  static final Variable<Level> RUST_LOG =
      Variable.of(
              "RUST_LOG",
              "off, error, warn, info, debug or trace; target=level between commas is checked"
                  + " and has no effect",
              "info",
              "How much is logged.",
              LogLevels::parse)
          .blankIsUnset();

  static final Variable<Boolean> MERO_KMS_BOOTSTRAP =
      Variable.of(
          "MERO_KMS_BOOTSTRAP",
          BOOL,
          "false",
          "Not served by this version yet: true stops the start.",
          Parsers::bool);

  static final Variable<String> MERO_KMS_BACKEND =
      Variable.of(
              "MERO_KMS_BACKEND",
              "dstack",
              "dstack",
              "Where keys and quotes are from. This version serves no other backend yet.",
              Parsers::backend)
          .blankIsUnset();

  static final Variable<String> MERO_KMS_PEERS =
      Variable.optional(
              "MERO_KMS_PEERS",
              "unset or blank",
              "Not served by this version yet: setting it stops the start.",
              Parsers::nothing)
          .blankIsUnset();

  static final Variable<String> REDIS_URL =
      Variable.optional(
              "REDIS_URL",
              "unset or blank; then every KMS remembers the challenges used with it",
              "Not served by this version yet: setting it stops the start.",
              Parsers::nothing)
          .blankIsUnset();

  /** Variables of policy releases, which this version does not load yet: said at start if set. */
  static final List<String> WITHOUT_EFFECT_YET =
      List.of("MERO_KMS_VERSION", "MERO_KMS_POLICY_SHA256");

  private Variables() {}

  /** {@code ALLOWED_MRTD}, {@code ALLOWED_RTMR0} … {@code ALLOWED_RTMR3}. */
  static Variable<Set<Measurement>> allowed(Register register) {
    return Variable.optional(
            "ALLOWED_" + register.name(),
            HEX,
            "Values of " + register + " that nodes may have.",
            Parsers::measurements)
        .blankIsUnset()
        .safeOnlyIf(Set::isEmpty);
  }

  /** All of them, in the order of documentation. */
  public static List<Variable<?>> all() {
    return List.of(
        LISTEN_ADDR,
        DSTACK_SOCKET_PATH,
        PCS_URLS,
        MERO_KMS_PROFILE,
        KMS_POLICY_PROFILE,
        KEY_NAMESPACE_PREFIX,
        USE_ENV_POLICY,
        ALLOWED_TCB_STATUSES,
        allowed(Register.MRTD),
        allowed(Register.RTMR0),
        allowed(Register.RTMR1),
        allowed(Register.RTMR2),
        allowed(Register.RTMR3),
        ENFORCE_MEASUREMENT_POLICY,
        MERO_KMS_REQUIRE_SEALED_KEY_RELEASE,
        ACCEPT_MOCK_ATTESTATION,
        CHALLENGE_TTL_SECS,
        MAX_PENDING_CHALLENGES,
        MAX_CONSUMED_CHALLENGES,
        CORS_ALLOWED_ORIGINS,
        RUST_LOG,
        MERO_KMS_BACKEND,
        MERO_KMS_BOOTSTRAP,
        MERO_KMS_PEERS,
        REDIS_URL);
  }
}
