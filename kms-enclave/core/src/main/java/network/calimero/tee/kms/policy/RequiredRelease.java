package network.calimero.tee.kms.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Which release's policy a KMS takes (kms-config.md, "Policy loading from a release").
 *
 * @param version {@code MERO_KMS_VERSION}; empty: none, so the KMS is not ready
 * @param profile the cohort that the policy must be of
 * @param pin {@code MERO_KMS_POLICY_SHA256}: SHA-256 of the file, 32 bytes
 * @param signatureRequired whether a policy without a verified signature is refused: on an image
 *     that pins a profile other than {@code debug}
 */
public record RequiredRelease(
    Optional<ReleaseVersion> version,
    Profile profile,
    Optional<Bytes> pin,
    boolean signatureRequired) {
  private static final int PIN_SIZE = 32;

  /** Checks the size of the pin. */
  public RequiredRelease {
    if (pin.isPresent() && pin.get().length() != PIN_SIZE) {
      throw new IllegalArgumentException("a SHA-256 pin has 32 bytes");
    }
  }
}
