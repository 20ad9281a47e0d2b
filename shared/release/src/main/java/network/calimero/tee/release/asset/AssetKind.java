package network.calimero.tee.release.asset;

/** What an asset is, and how large it may be. */
public enum AssetKind {
  /** A compressed tar of programs: only its digest is used, it is never opened. */
  ARCHIVE(512L * 1024 * 1024),
  /** A document of this project's own: JSON, or lines of checksums. */
  DOCUMENT(1024 * 1024),
  /** A software bill of materials: only its digest is used. */
  SBOM(64L * 1024 * 1024),
  /** A compressed tar of copies of documents. */
  TRUST_BUNDLE(8 * 1024 * 1024),
  /** A signature, a certificate or a bundle of both. */
  SIGNATURE(128 * 1024);

  private final long maxSize;

  AssetKind(long maxSize) {
    this.maxSize = maxSize;
  }

  /** The most that such an asset may have, in bytes; many times what real ones have. */
  public long maxSize() {
    return maxSize;
  }

  /** Whether its content is used, and not only its digest. */
  public boolean isRead() {
    return this != ARCHIVE && this != SBOM;
  }
}
