package network.calimero.tee.release.source;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.sigstore.ArtifactDigest;

/**
 * A file of a release, as somebody gave it.
 *
 * @param digest over all of it
 * @param size in bytes
 * @param content all of it, where its kind {@linkplain
 *     network.calimero.tee.release.asset.AssetKind#isRead is read}; else no bytes
 * @param origin who gave it, for people
 */
public record FetchedAsset(
    Asset asset, ArtifactDigest digest, long size, Bytes content, String origin) {}
