package network.calimero.tee.cli;

import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.AssetKind;
import network.calimero.tee.release.source.Progress;

/** Says on standard error what was downloaded, signatures apart. */
final class ReleaseProgress implements Progress {
  private final Console console;

  ReleaseProgress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void complete(Asset asset, long size) {
    if (asset.kind() != AssetKind.SIGNATURE) {
      console.err().printf("downloaded %s (%,d bytes)%n", asset, size);
      console.err().flush();
    }
  }
}
