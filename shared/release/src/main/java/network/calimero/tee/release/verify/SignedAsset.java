package network.calimero.tee.release.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** Files by name. */
  Map<String, Bytes> published() {
    Map<String, Bytes> files = new LinkedHashMap<>();
    if (asset().kind().isRead()) {
      files.put(asset().name(), file.content());
    }
    signature.ifPresent(content -> files.put(asset().signature().name(), content));
    certificate.ifPresent(content -> files.put(asset().certificate().name(), content));
    bundle.ifPresent(content -> files.put(asset().bundle().name(), content));
    return Collections.unmodifiableMap(files);
  }
}
