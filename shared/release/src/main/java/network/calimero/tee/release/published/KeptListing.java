package network.calimero.tee.release.published;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.source.ListedRelease;
import network.calimero.tee.release.source.ReleaseListing;
import network.calimero.tee.release.source.SourceException;

/**
 * Keeps the list of releases for five minutes, and for a day while no newer one can be had: GitHub
 * answers a stranger sixty times an hour. For several threads, of which one asks.
 */
public final class KeptListing {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofDays(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final ReleaseListing listing;
  private Optional<Listed> last = Optional.empty();
  private Optional<Failed> failed = Optional.empty();

  /**
   * A list.
   *
   * @param releases newest first
   * @param at when the store said so
   */
  public record Listed(List<ListedRelease> releases, Instant at) {
    /** Copies. */
    public Listed {
      releases = List.copyOf(releases);
    }
  }

  private record Failed(SourceException why, Instant at) {}

  /** Knows nothing yet. */
  public KeptListing(ReleaseListing listing) {
    this.listing = listing;
  }

  /**
   * The releases that there are.
   *
   * @param now the caller's one reading of the clock
   * @throws SourceException if that is not known
   */
  public synchronized Listed releases(Instant now) throws SourceException {
    boolean fresh = last.isPresent() && isWithin(last.get().at, FRESH, now);
    boolean justFailed = failed.isPresent() && isWithin(failed.get().at, RETRY, now);
    if (!fresh && !justFailed) {
      ask(now);
    }
    if (last.isPresent() && isWithin(last.get().at, OUTAGE, now)) {
      return last.get();
    }
    throw failed.orElseThrow().why;
  }

  private void ask(Instant now) throws SourceException {
    try {
      last = Optional.of(new Listed(listing.releases(), now));
      failed = Optional.empty();
    } catch (SourceException e) {
      if (e.code() == SourceException.Code.INTERRUPTED) {
        throw e; // the caller's own time was over: that says nothing of the store
      }
      failed = Optional.of(new Failed(e, now));
    }
  }

  private static boolean isWithin(Instant at, Duration time, Instant now) {
    return now.isBefore(at.plus(time));
  }

  /** The versions of a family, newest first; empty if they are not known. */
  public List<ReleaseVersion> newest(Family family, Instant now) {
    try {
      return releases(now).releases().stream()
          .filter(release -> release.family() == family)
          .map(ListedRelease::version)
          .toList();
    } catch (SourceException _) {
      return List.of();
    }
  }
}
