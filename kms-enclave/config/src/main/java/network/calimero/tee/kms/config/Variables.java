package network.calimero.tee.kms.config;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.config.Variable.Blank;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;

/** The table of all settings (kms-config.md). */
public final class Variables {
  private static final String BOOL = "1, true, yes, on, 0, false, no, off";
  private static final String POSITIVE = "a whole number from 1 to 2147483647";
  private static final String NATURAL = "a whole number from 0 to 2147483647";
  private static final String PREFIXES =
      "any value, unless the measured file has one or agents are served: then from the environment only"
          + " what counts without it";
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
          .ifBlank(Blank.UNSET_UNLESS_PINNED)
          .pinnedValues("the image's value only");

  static final Variable<Profile> KMS_POLICY_PROFILE =
      Variable.optional(
              "KMS_POLICY_PROFILE",
              PROFILES,
              "Older name of MERO_KMS_PROFILE; if both are set they must agree.",
              Parsers::profile)
          .ifBlank(Blank.UNSET_UNLESS_PINNED)
          .pinnedValues("the image's value only");

  static final Variable<String> KEY_NAMESPACE_PREFIX =
      Variable.of(
              "KEY_NAMESPACE_PREFIX",
              "text; slashes at its ends are cut",
              "merod/storage",
              "First part of every key path: another prefix gives every node another key.",
              Parsers::keyPrefix)
          .ifBlank(Blank.UNSET)
          .pinnedValues(PREFIXES);

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
              "true takes the policy from the settings whose names begin with ALLOWED_ and"
                  + " AGENT_ALLOWED_, instead of from a release.",
              Parsers::bool)
          .safeOnlyIf(value -> !value);

  static final Variable<Set<TcbStatus>> ALLOWED_TCB_STATUSES =
      Variable.of(
              "ALLOWED_TCB_STATUSES",
              STATUSES,
              "uptodate",
              "TCB statuses that nodes may have; agents and joining replicas too.",
              Parsers::statuses)
          .safeOnlyIf(Set.of(TcbStatus.UP_TO_DATE)::equals);

  static final Variable<Boolean> ACCEPT_MOCK_ATTESTATION =
      Variable.of(
              "ACCEPT_MOCK_ATTESTATION",
              BOOL,
              "false",
              "true stops the start: this program has no code that accepts mock quotes.",
              Parsers::bool)
          .pinnedValues("false only");

  static final Variable<List<String>> CORS_ALLOWED_ORIGINS =
      Variable.optional(
              "CORS_ALLOWED_ORIGINS",
              "origins such as https://app.example between commas",
              "Origins of web pages that may call; none: no CORS headers at all.",
              Parsers::origins)
          .ifBlank(Blank.UNSET);

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
          .ifBlank(Blank.UNSET);

  static final Variable<BackendKind> MERO_KMS_BACKEND =
      Variable.of(
              "MERO_KMS_BACKEND",
              "dstack or tdx",
              "dstack",
              "Where keys and quotes are from: a dstack guest agent, or a cluster of TDX VMs that"
                  + " share a root.",
              Parsers::backend)
          .ifBlank(Blank.UNSET)
          .safeOnlyIf(kind -> kind == BackendKind.DSTACK);

  static final Variable<RedisUrl> REDIS_URL =
      Variable.optional(
              "REDIS_URL",
              "redis://[[user]:password@]host[:port][/database], or rediss:// for TLS",
              "Where several KMSs on dstack share which challenges are used. Unset: every KMS"
                  + " remembers the challenges used with it.",
              RedisUrl::parse)
          .ifBlank(Blank.UNSET)
          .hidingSecrets();

  static final Variable<Boolean> MERO_KMS_BOOTSTRAP =
      Variable.of(
          "MERO_KMS_BOOTSTRAP",
          BOOL,
          "false",
          "With backend tdx: true generates the cluster's root instead of joining; for one replica,"
              + " once.",
          Parsers::bool);

  static final Variable<List<URI>> MERO_KMS_PEERS =
      Variable.optional(
              "MERO_KMS_PEERS",
              "base URLs between commas",
              "With backend tdx: replicas to get the root from. They prove themselves.",
              Parsers::urls)
          .ifBlank(Blank.UNSET);

  static final Variable<Duration> MERO_KMS_JOIN_RETRY_SECS =
      Variable.of(
          "MERO_KMS_JOIN_RETRY_SECS",
          "a whole number; less than 1 is 1",
          "10",
          "With backend tdx: pause between rounds of attempts to join, in seconds.",
          Parsers::pause);

  static final Variable<String> AGENT_KEY_NAMESPACE_PREFIX =
      Variable.of(
              "AGENT_KEY_NAMESPACE_PREFIX",
              "text; slashes at its ends are cut; not that of KEY_NAMESPACE_PREFIX",
              "mero-agent/storage",
              "The same for agents.",
              Parsers::keyPrefix)
          .ifBlank(Blank.UNSET)
          .pinnedValues(PREFIXES);

  static final Variable<ReleaseVersion> MERO_KMS_VERSION =
      Variable.optional(
          "MERO_KMS_VERSION",
          "2.3.4 or mero-kms-v2.3.4",
          "The release whose policy is loaded. Unset: the KMS starts and is not ready, unless the"
              + " policy is in its settings (USE_ENV_POLICY).",
          Parsers::releaseVersion);

  static final Variable<Bytes> MERO_KMS_POLICY_SHA256 =
      Variable.<Bytes>optional(
              "MERO_KMS_POLICY_SHA256",
              "64 hex digits, 0x allowed",
              "SHA-256 that the bytes of the release's policy must have, beside their signature.",
              Parsers::sha256)
          .safeOnlyIf(_ -> true)
          .pinnedValues("any value, unless the measured file has one");

  static final Variable<URI> RELEASES_URL =
      Variable.of(
          "RELEASES_URL",
          "an http:// or https:// base URL",
          "https://github.com/calimero-network/mero-tee/releases",
          "Where releases are: a mirror serves RELEASES_URL/download/mero-kms-v{version}/{file}.",
          Parsers::url);

  static final Variable<ReleaseVersion> MIN_POLICY_VERSION =
      Variable.<ReleaseVersion>optional(
              "MIN_POLICY_VERSION",
              "2.3.4 or mero-kms-v2.3.4",
              "A MERO_KMS_VERSION below stops the start.",
              Parsers::releaseVersion)
          .measuredOnly()
          .pinnedDefault(Floors.NEWEST_KNOWN.policyVersion().map(Object::toString).orElseThrow());

  static final Variable<Integer> MIN_TCB_EVALUATION_DATA_NUMBER =
      Variable.of(
              "MIN_TCB_EVALUATION_DATA_NUMBER",
              NATURAL,
              "0",
              "TCB info of a lower evaluation number is refused, as old; 0: none is.",
              Parsers::natural)
          .measuredOnly()
          .pinnedDefault(String.valueOf(Floors.NEWEST_KNOWN.tcbEvaluationDataNumber()));

  static final Variable<Integer> MIN_QE_EVALUATION_DATA_NUMBER =
      Variable.of(
              "MIN_QE_EVALUATION_DATA_NUMBER",
              NATURAL,
              "0",
              "The same of identities of quoting enclaves.",
              Parsers::natural)
          .measuredOnly()
          .pinnedDefault(String.valueOf(Floors.NEWEST_KNOWN.qeEvaluationDataNumber()));

  static final Variable<List<String>> POLICY_IDENTITY =
      Variable.of(
              "POLICY_IDENTITY",
              "identities of GitHub workflows between commas, each whole and no pattern:"
                  + " https://github.com/OWNER/NAME/.github/workflows/FILE@REF",
              "https://github.com/calimero-network/mero-tee/.github/workflows/"
                  + "release-kms-phala.yaml@refs/heads/master,"
                  + "https://github.com/calimero-network/mero-tee/.github/workflows/"
                  + "release-kms.yaml@refs/heads/master",
              "Who may have signed the policy of a release: a workflow called Release mero-kms, started"
                  + " by a push.",
              Parsers::identities)
          .measuredOnly();

  static final Variable<String> POLICY_ISSUER =
      Variable.of(
              "POLICY_ISSUER",
              "a URL",
              "https://token.actions.githubusercontent.com",
              "Who vouched for that identity.",
              Parsers::issuer)
          .measuredOnly();

  static final Variable<Path> SIGSTORE_TRUSTED_ROOT =
      Variable.<Path>optional(
              "SIGSTORE_TRUSTED_ROOT",
              "the absolute path of a file in the image",
              "Sigstore's roots, under which signatures are checked. Unset: those that the program"
                  + " was built with.",
              Parsers::absolutePath)
          .measuredOnly();

  private Variables() {}

  /** {@code ALLOWED_MRTD}, {@code ALLOWED_RTMR0} … {@code ALLOWED_RTMR3}. */
  static Variable<Set<Measurement>> allowed(Register register) {
    return list("ALLOWED_", register, "Values of " + register + " that nodes may have.");
  }

  /** {@code AGENT_ALLOWED_MRTD}, {@code AGENT_ALLOWED_RTMR0} … {@code AGENT_ALLOWED_RTMR3}. */
  static Variable<Set<Measurement>> agentAllowed(Register register) {
    return list(
        "AGENT_ALLOWED_",
        register,
        "Values of %s that agents may have; all five lists or none, which serves no agent."
            .formatted(register));
  }

  private static Variable<Set<Measurement>> list(String start, Register register, String meaning) {
    return Variable.optional(start + register.name(), HEX, meaning, Parsers::measurements)
        .ifBlank(Blank.UNSET)
        .safeOnlyIf(Set::isEmpty);
  }

  /** All of them, in the order of documentation. */
  public static List<Variable<?>> all() {
    List<Variable<?>> all = new ArrayList<>();
    all.addAll(
        List.of(
            LISTEN_ADDR,
            MERO_KMS_BACKEND,
            DSTACK_SOCKET_PATH,
            REDIS_URL,
            MERO_KMS_BOOTSTRAP,
            MERO_KMS_PEERS,
            MERO_KMS_JOIN_RETRY_SECS,
            PCS_URLS,
            MERO_KMS_PROFILE,
            KMS_POLICY_PROFILE,
            KEY_NAMESPACE_PREFIX,
            AGENT_KEY_NAMESPACE_PREFIX,
            MERO_KMS_VERSION,
            MERO_KMS_POLICY_SHA256,
            RELEASES_URL,
            POLICY_IDENTITY,
            POLICY_ISSUER,
            SIGSTORE_TRUSTED_ROOT,
            USE_ENV_POLICY,
            ALLOWED_TCB_STATUSES));
    Arrays.stream(Register.values()).map(Variables::allowed).forEach(all::add);
    Arrays.stream(Register.values()).map(Variables::agentAllowed).forEach(all::add);
    all.addAll(
        List.of(
            MIN_POLICY_VERSION,
            MIN_TCB_EVALUATION_DATA_NUMBER,
            MIN_QE_EVALUATION_DATA_NUMBER,
            ENFORCE_MEASUREMENT_POLICY,
            MERO_KMS_REQUIRE_SEALED_KEY_RELEASE,
            ACCEPT_MOCK_ATTESTATION,
            CHALLENGE_TTL_SECS,
            MAX_PENDING_CHALLENGES,
            MAX_CONSUMED_CHALLENGES,
            CORS_ALLOWED_ORIGINS,
            RUST_LOG));
    return List.copyOf(all);
  }
}
