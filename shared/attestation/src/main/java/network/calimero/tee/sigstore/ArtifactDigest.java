package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;

/**
 * What a signature is over, where the artifact itself may be too large to hold: signatures of
 * Sigstore are over the digest.
 *
 * @param sha256 SHA-256 over the artifact, 32 bytes
 */
public record ArtifactDigest(Bytes sha256) {
  private static final int SIZE = 32;

  /** Refuses what cannot be SHA-256. */
  public ArtifactDigest {
    if (sha256.length() != SIZE) {
      throw new IllegalArgumentException("a digest of %d bytes".formatted(sha256.length()));
    }
  }

  /** Of an artifact that is at hand. */
  public static ArtifactDigest of(Bytes artifact) {
    return new ArtifactDigest(Sha256.of(artifact));
  }

  /** In lower-case hex. */
  @Override
  public String toString() {
    return sha256.hex();
  }
}
