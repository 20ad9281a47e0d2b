package network.calimero.tee.release.verify;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.Signer;

/** A file of a release whose signature was verified, made only where that was done. */
public final class VerifiedAsset {
  private final Asset asset;
  private final ArtifactDigest digest;
  private final Bytes content;
  private final Signer signer;

  VerifiedAsset(Asset asset, ArtifactDigest digest, Bytes content, Signer signer) {
    this.asset = asset;
    this.digest = digest;
    this.content = content;
    this.signer = signer;
  }

  /** Which file it is. */
  public Asset asset() {
    return asset;
  }

  /** SHA-256 over all of it. */
  public ArtifactDigest digest() {
    return digest;
  }

  /** All of it; no bytes of one that is not read (archives, SBOMs). */
  public Bytes content() {
    return content;
  }

  /** Who signed it. */
  public Signer signer() {
    return signer;
  }
}
