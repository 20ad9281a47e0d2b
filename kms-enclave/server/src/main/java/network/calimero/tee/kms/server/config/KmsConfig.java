package network.calimero.tee.kms.server.config;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.Profile;

/**
 * Everything that is configured, checked and consistent.
 *
 * @param profile the cohort; {@code debug} while a check is weakened
 * @param pinned whether the image fixes the profile
 * @param keyNamespacePrefix without slashes at its ends
 * @param policy what keys are released under
 * @param sealingRequired whether keys leave only sealed
 * @param pcsServers where collateral is asked for, in that order; at least one
 * @param warnings what the operator should know, said at start
 */
public record KmsConfig(
    ListenAddress listenAddress,
    Path dstackSocket,
    Duration challengeTtl,
    int maxConsumedChallenges,
    Profile profile,
    boolean pinned,
    String keyNamespacePrefix,
    PolicyState policy,
    boolean sealingRequired,
    List<String> corsAllowedOrigins,
    List<PcsBase> pcsServers,
    Level logLevel,
    List<String> warnings) {

  /** Keeps copies of the lists. */
  public KmsConfig {
    corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
    pcsServers = List.copyOf(pcsServers);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the configuration.
   *
   * @param environment all variables; unknown ones are ignored
   * @param pinnedProfile what the image fixes, see {@link ImageProfile}
   * @throws ConfigurationException with every problem found
   */
  public static KmsConfig read(Map<String, String> environment, Optional<Profile> pinnedProfile)
      throws ConfigurationException {
    return new ConfigReader(environment, pinnedProfile).read();
  }

  /**
   * SHA-256 over what decides who gets which key, lower-case hex: two servers with the same digest
   * on the same platform serve the same nodes alike.
   */
  public String securityDigest() {
    String policyDigest =
        switch (policy) {
          case PolicyState.Ready ready -> ready.digest();
          case PolicyState.NotReady notReady -> "none";
        };
    return Digests.ofLines(
        "mero-kms/security-settings/v1",
        "profile=" + profile,
        "pinned=" + pinned,
        "keyNamespacePrefix=" + keyNamespacePrefix,
        "backend=dstack",
        "sealingRequired=" + sealingRequired,
        "policy=" + policyDigest);
  }
}
