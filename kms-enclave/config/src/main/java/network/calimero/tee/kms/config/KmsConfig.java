package network.calimero.tee.kms.config;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.kms.release.KeyPrefixes;
import network.calimero.tee.policy.Profile;

/**
 * Everything that is configured, checked and consistent.
 *
 * @param profile the cohort; {@code debug} while a check is weakened
 * @param pinned whether the image fixes the profile
 * @param policy where the policy is from that keys are released under
 * @param sealingRequired whether keys leave only sealed
 * @param pcsServers where collateral is asked for, in that order; at least one
 * @param warnings what the operator should know, said at start
 * @param settings every setting with where its value is from, in the order of documentation
 */
public record KmsConfig(
    ListenAddress listenAddress,
    Backend backend,
    Duration challengeTtl,
    int maxConsumedChallenges,
    Profile profile,
    boolean pinned,
    KeyPrefixes keyPrefixes,
    PolicySource policy,
    Floors floors,
    boolean sealingRequired,
    List<String> corsAllowedOrigins,
    List<PcsBase> pcsServers,
    Level logLevel,
    List<String> warnings,
    List<Setting> settings) {

  /** Keeps copies of the lists. */
  public KmsConfig {
    corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
    pcsServers = List.copyOf(pcsServers);
    warnings = List.copyOf(warnings);
    settings = List.copyOf(settings);
  }

  /**
   * Reads the configuration.
   *
   * @param environment all variables; unknown ones are ignored
   * @throws ConfigurationException with every problem found
   */
  public static KmsConfig read(Map<String, String> environment, Image image)
      throws ConfigurationException {
    return new ConfigReader(environment, image).read();
  }

  /**
   * SHA-256 over what decides who gets which key, lower-case hex: two servers with the same digest
   * on the same platform serve the same nodes alike.
   */
  public String securityDigest() {
    List<String> lines = new ArrayList<>();
    lines.add("mero-kms/security-settings/v2");
    lines.add("profile=" + profile);
    lines.add("pinned=" + pinned);
    lines.add("keyNamespacePrefix=" + keyPrefixes.node());
    lines.add("agentKeyNamespacePrefix=" + keyPrefixes.agent());
    lines.add("backend=" + backend.kind());
    lines.add("sealingRequired=" + sealingRequired);
    lines.add("minTcbEvaluationDataNumber=" + floors.tcbEvaluationDataNumber());
    lines.add("minQeEvaluationDataNumber=" + floors.qeEvaluationDataNumber());
    lines.addAll(policyLines());
    return Digests.ofLines(lines.toArray(String[]::new));
  }

  private List<String> policyLines() {
    return switch (policy) {
      case PolicySource.Fixed(var ready) -> List.of("policy=" + ready.digest());
      case PolicySource.Unenforced(var ready) -> List.of("policy=" + ready.digest());
      case PolicySource.Release(var version, var releases, var sha256, var signers) ->
          List.of(
              "policy=release",
              "version=" + text(version),
              "minVersion=" + text(floors.policyVersion()),
              "sha256=" + sha256.map(Bytes::hex).orElse("none"),
              "identities=" + String.join(",", signers.identities().stream().sorted().toList()),
              "issuer=" + signers.issuer(),
              "trustedRoot=" + text(signers.trustedRoot()));
    };
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("none");
  }
}
