package network.calimero.tee.release.published;

import java.time.Instant;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.verify.DocumentReport;

/** Documents of releases, each verified before it is given out. For several threads. */
@FunctionalInterface
public interface PublishedDocuments {

  /**
   * What is known of a document.
   *
   * @param now the caller's one reading of the clock
   */
  DocumentReport document(ReleaseVersion version, Asset asset, Instant now);
}
