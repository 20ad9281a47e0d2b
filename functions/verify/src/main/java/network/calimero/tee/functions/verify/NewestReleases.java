package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.util.List;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;

/** Which releases there are. Nothing is believed of it but where to look first. */
@FunctionalInterface
public interface NewestReleases {

  /** Versions by their date of publication, newest first; empty if that is not known. */
  List<ReleaseVersion> newest(Family family, Instant now);

  /** Knows none: evidence is held to releases that are named. */
  static NewestReleases none() {
    return (_, _) -> List.of();
  }
}
