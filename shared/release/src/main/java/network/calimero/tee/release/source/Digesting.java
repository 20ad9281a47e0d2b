package network.calimero.tee.release.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.http.BodyTooLargeException;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.sigstore.ArtifactDigest;

/** A file while it comes in: bounded, hashed, and remembered where its content is used. */
final class Digesting {
  private final Asset asset;
  private final MessageDigest digest = Sha256.newDigest();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private long size;

  Digesting(Asset asset) {
    this.asset = asset;
  }

  /**
   * The next part.
   *
   * @throws BodyTooLargeException if the file exceeds what its kind may have
   */
  void add(byte[] part, int length) throws IOException {
    if (length > asset.kind().maxSize() - size) {
      throw new BodyTooLargeException(asset.kind().maxSize());
    }
    size += length;
    digest.update(part, 0, length);
    if (asset.kind().isRead()) {
      content.write(part, 0, length);
    }
  }

  /** The whole file. */
  FetchedAsset complete(String origin) {
    return new FetchedAsset(
        asset,
        new ArtifactDigest(Bytes.of(digest.digest())),
        size,
        Bytes.of(content.toByteArray()),
        origin);
  }
}
