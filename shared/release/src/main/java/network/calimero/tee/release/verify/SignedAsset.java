package network.calimero.tee.release.verify;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.source.FetchedAsset;
import network.calimero.tee.sigstore.ArtifactDigest;

/** A file and what came beside it to say who signed it; nothing of it is believed yet. */
record SignedAsset(
    FetchedAsset file,
    Optional<Bytes> signature,
    Optional<Bytes> certificate,
    Optional<Bytes> bundle) {

  Asset asset() {
    return file.asset();
  }

  ArtifactDigest digest() {
    return file.digest();
  }
}
