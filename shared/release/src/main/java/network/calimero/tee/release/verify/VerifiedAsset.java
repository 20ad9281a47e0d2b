package network.calimero.tee.release.verify;

import java.util.Map;
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
  private final Map<String, Bytes> published;

  VerifiedAsset(SignedAsset signed, Signer signer) {
    this.asset = signed.asset();
    this.digest = signed.digest();
    this.content = signed.file().content();
    this.signer = signer;
    this.published = signed.published();
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

  /**
   * It, where it is read, and its signature, certificate and bundle, as far as there are such
   * files, by name: with them anybody can verify it again.
   */
  public Map<String, Bytes> published() {
    return published;
  }
}
