package network.calimero.tee.release.source;

import network.calimero.tee.release.asset.Asset;

/** Told while files come in; for several threads. */
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (asset, size) -> {};

  /** A file is complete. */
  void complete(Asset asset, long size);
}
