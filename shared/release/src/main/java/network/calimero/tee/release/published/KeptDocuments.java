package network.calimero.tee.release.published;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import network.calimero.tee.cache.Lru;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.DocumentVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was verified. A genuine document outlives an outage of the release host; a "no" and a
 * "don't know" are asked about again soon, but not by every call. What strangers ask for that does
 * not exist pushes out nothing that does, and is asked about at a pace: a release that is not there
 * costs the release host some twenty requests. What the list of releases names is exempt, so that
 * nobody can thereby keep others from it.
 */
public final class KeptDocuments implements PublishedDocuments {
  private static final int GENUINE = 64;
  private static final int OTHERS = 256;
  private static final int LOCKS = 32;

  /** How many documents are asked for in a minute, those of listed releases not counted beyond. */
  static final int MOST = 120;

  private final DocumentVerifier verifier;
  private final Times times;
  private final Listing listing;
  private final Pace pace = new Pace(MOST);
  private final Lru<Key, Kept> genuine = new Lru<>(GENUINE);
  private final Lru<Key, Kept> others = new Lru<>(OTHERS);
  private final Object[] locks = new Object[LOCKS];

  /**
   * How long answers count.
   *
   * @param genuine until it is looked at again whether a document is still published
   * @param outage how long a genuine one counts while that cannot be looked at
   * @param refused until a document that is refused, or is not there, is asked for again
   * @param unknown the same for one that could not be had
   */
  public record Times(Duration genuine, Duration outage, Duration refused, Duration unknown) {
    /** An hour, a day, a minute, five seconds. */
    public static final Times DEFAULT =
        new Times(
            Duration.ofHours(1), Duration.ofDays(1), Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  /** Which releases there are, as far as that is known. */
  @FunctionalInterface
  public interface Listing {
    /** Versions of a family; empty if they are not known. */
    List<ReleaseVersion> newest(Family family, Instant now);
  }

  private record Key(ReleaseVersion version, Asset asset) {}

  private record Kept(DocumentReport report, Instant askedAt, Instant verifiedAt) {}

  /**
   * Keeps nothing yet.
   *
   * @param listing asked only where more is asked for than the pace allows
   */
  public KeptDocuments(DocumentVerifier verifier, Times times, Listing listing) {
    this.verifier = verifier;
    this.times = times;
    this.listing = listing;
    Arrays.setAll(locks, _ -> new Object());
  }

  @Override
  public DocumentReport document(ReleaseVersion version, Asset asset, Instant now) {
    Key key = new Key(version, asset);
    @Nullable Kept kept = fresh(key, now);
    if (kept != null) {
      return kept.report;
    }
    // Of many that ask at once, one asks the release host.
    synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
      kept = fresh(key, now);
      return kept == null ? asked(key, now) : kept.report;
    }
  }

  private DocumentReport asked(Key key, Instant now) {
    if (pace.take(now) || listing.newest(key.asset.family(), now).contains(key.version)) {
      return verified(key, now);
    }
    @Nullable Kept last = genuine.get(key);
    return last != null && isWithinOutage(last, now) ? last.report : busy(key);
  }

  private static DocumentReport busy(Key key) {
    SourceException why =
        new SourceException(
            SourceException.Code.BUSY,
            "%s of %s was not asked for: too many files of releases that no list names were"
                .formatted(key.asset, key.version));
    return new DocumentReport(key.version, key.asset, List.of(), new DocumentReport.Unknown(why));
  }

  private boolean isWithinOutage(Kept last, Instant now) {
    return now.isBefore(last.verifiedAt.plus(times.outage));
  }

  private @Nullable Kept fresh(Key key, Instant now) {
    for (Lru<Key, Kept> some : Arrays.asList(genuine, others)) {
      @Nullable Kept kept = some.get(key);
      if (kept != null && now.isBefore(kept.askedAt.plus(timeOf(kept)))) {
        return kept;
      }
    }
    return null;
  }

  private Duration timeOf(Kept kept) {
    return switch (kept.report.outcome()) {
      // Not seen again when last asked about: it is not asked about by every call either.
      case DocumentReport.Genuine _ ->
          kept.askedAt.isAfter(kept.verifiedAt) ? times.unknown : times.genuine;
      case DocumentReport.Unknown _ -> times.unknown;
      case DocumentReport.Absent _, DocumentReport.Refused _ -> times.refused;
    };
  }

  private DocumentReport verified(Key key, Instant now) {
    DocumentReport report = verifier.verify(key.version, key.asset);
    switch (report.outcome()) {
      case DocumentReport.Genuine _ -> {
        others.remove(key);
        genuine.put(key, new Kept(report, now, now));
      }
      // The caller's own time was over: that says nothing of the store.
      case DocumentReport.Unknown(var failure)
          when failure.code() == SourceException.Code.INTERRUPTED -> {}
      case DocumentReport.Unknown _ -> {
        @Nullable Kept last = genuine.get(key);
        if (last != null && isWithinOutage(last, now)) {
          genuine.put(key, new Kept(last.report, now, last.verifiedAt));
          return last.report;
        }
        others.put(key, new Kept(report, now, now));
      }
      case DocumentReport.Absent _, DocumentReport.Refused _ -> {
        genuine.remove(key);
        others.put(key, new Kept(report, now, now));
      }
    }
    return report;
  }
}
