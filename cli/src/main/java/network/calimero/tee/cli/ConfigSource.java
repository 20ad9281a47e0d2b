package network.calimero.tee.cli;

import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.config.KmsUrl;
import network.calimero.tee.release.config.MerodConfig;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.VerifiedRelease;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which release, profile and KMS a configuration of merod is for; the same for all that make one.
 */
final class ConfigSource {
  @Parameters(
      index = "0",
      paramLabel = "TAG",
      description =
          "The release: X.Y.Z, alone or after mero-kms-v, mero-tee-v or node-image-gcp-v.")
  String tag = "";

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description =
          "Where the node finds its KMS: https, or http to a loopback address such as 127.0.0.1.")
  String url = "";

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "locked-read-only",
      converter = ProfileConverter.class,
      description =
          "The profile of the node: debug, debug-read-only or locked-read-only; by default"
              + " ${DEFAULT-VALUE}.")
  Profile profile = Profile.LOCKED_READ_ONLY;

  @Mixin ReleaseOptions releases = new ReleaseOptions();

  @Mixin KeptFilesOptions files = new KeptFilesOptions();

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** A configuration, and how the release that it is of was verified. */
  record Made(MerodConfig config, ReleaseSession session) {
    /** What every object says that a command prints of it. */
    ObjectNode json() {
      ObjectNode node = Json.object().put("verified", true).putNull("failure");
      session.describe(node);
      return node;
    }
  }

  /**
   * Verifies the release, and makes the configuration that its policy stands for. What was believed
   * for it beyond the default is told on standard error.
   */
  Made make(Console console) throws FailureException {
    KmsUrl kms = kms();
    ReleaseVersion version = releases.version(tag);
    ReleaseSession session = releases.open(console, files);
    VerifiedRelease release = ReleaseVerdict.of(session.verify(version, Scope.KMS)).required();
    try {
      MerodConfig config = MerodConfig.of(tag, profile, kms, release);
      session.notes().forEach(note -> console.err().println("warning: " + note));
      return new Made(config, session);
    } catch (PolicyDocumentException e) {
      throw FailureException.of(OwnCode.POLICY_UNUSABLE, e.reason());
    }
  }

  private KmsUrl kms() {
    try {
      return KmsUrl.of(url);
    } catch (IllegalArgumentException e) {
      throw usage("URL: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
