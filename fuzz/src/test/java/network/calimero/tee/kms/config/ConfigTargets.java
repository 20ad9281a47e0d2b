package network.calimero.tee.kms.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.policy.Profile;

/** What the image and the environment say; the second is the operator's, who may be anybody. */
public final class ConfigTargets {
  private static final Path FILE = Path.of("kms.env");

  private ConfigTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "kms_env", CONFIGURATION, ConfigTargets::files, ConfigTargets::readFile, Set.of()),
        new Target(
            "environment",
            CONFIGURATION,
            ConfigTargets::environments,
            ConfigTargets::readEnvironment,
            Set.of()));
  }

  /** Every setting is looked at several times, and says what it is. */
  private static final long CONFIGURATION = 2 << 20;

  private static List<Bytes> files() {
    return List.of(
        Genuine.utf8(
            """
            # measured
            USE_ENV_POLICY=true
            ALLOWED_MRTD='%1$s'
            ALLOWED_RTMR0=%1$s
            ALLOWED_RTMR1=0x%1$s,%1$s
            ALLOWED_RTMR2="%1$s"
            ALLOWED_RTMR3=%1$s
            ALLOWED_TCB_STATUSES=uptodate, swhardeningneeded
            """
                .formatted("ab".repeat(48))),
        Genuine.utf8(
            """
            MERO_KMS_VERSION=2.3.71
            ; another comment
            MIN_POLICY_VERSION=mero-kms-v2.3.4
            MERO_KMS_POLICY_SHA256=%s
            MIN_TCB_EVALUATION_DATA_NUMBER=19
            """
                .formatted("cd".repeat(32))),
        Genuine.utf8("export X=1\nA=b\\\nLISTEN_ADDR=\"'\n"));
  }

  private static void readFile(Bytes bytes) {
    try {
      MeasuredFile file = MeasuredFile.parse(FILE, bytes.toArray());
      KmsConfig.read(Map.of(), new Image(Optional.of(Profile.LOCKED_READ_ONLY), file));
    } catch (ConfigurationException e) {
      requirePlain(e);
    }
  }

  /** NAME=VALUE between zeros, as Linux keeps it; a locked image, then one that is not. */
  private static List<Bytes> environments() {
    return List.of(
        Genuine.utf8(
            "LISTEN_ADDR=[::1]:8080\0REDIS_URL=rediss://u:p%40@h:1/2\0MERO_KMS_VERSION=2.3.71\0"
                + "PCS_URLS=https://a.example/x,https://b.example\0RUST_LOG=info\0"
                + "CORS_ALLOWED_ORIGINS=https://a.example\0CHALLENGE_TTL_SECS=30"),
        Genuine.utf8(
            "MERO_KMS_BACKEND=tdx\0MERO_KMS_PEERS=http://a:1,http://b/\0MERO_KMS_PROFILE=debug\0"
                + "ENFORCE_MEASUREMENT_POLICY=false\0KEY_NAMESPACE_PREFIX=//a//b//"),
        Genuine.utf8("RUST_LOG=mero_kms::api=info,a" + "::b_c".repeat(30) + "!"),
        Genuine.utf8("DSTACK_SOCKET_PATH=/a\0USE_ENV_POLICY=on\0ALLOWED_MRTD=00"));
  }

  private static void readEnvironment(Bytes bytes) {
    Map<String, String> environment = new HashMap<>();
    for (String entry : Genuine.text(bytes).split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    for (Optional<Profile> pinned : PINNED) {
      try {
        KmsConfig config =
            KmsConfig.read(environment, new Image(pinned, MeasuredFile.absent(FILE)));
        if (pinned.isPresent() && config.profile() != pinned.get()) {
          throw new AssertionError("a profile that the image is not of");
        }
      } catch (ConfigurationException e) {
        requirePlain(e);
      }
    }
  }

  private static final List<Optional<Profile>> PINNED =
      List.of(Optional.of(Profile.LOCKED_READ_ONLY), Optional.empty());

  private static void requirePlain(ConfigurationException e) {
    if (e.problems().isEmpty()) {
      throw new AssertionError("a refusal without a problem");
    }
    e.problems().forEach(Target::requirePlain);
  }
}
