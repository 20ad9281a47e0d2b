package network.calimero.tee.release.source;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;

/**
 * A release that a store says it has. Nothing of it is believed but where to look first: what a
 * release contains is verified when it is read.
 *
 * @param publishedAt when the store says it was published
 */
public record ListedRelease(Family family, ReleaseVersion version, Instant publishedAt) {
  /** By date of publication (verifier-api.md, "Pages"), then by version. */
  public static final Comparator<ListedRelease> NEWEST_FIRST =
      Comparator.comparing(ListedRelease::publishedAt)
          .thenComparing(ListedRelease::version)
          .thenComparing(ListedRelease::family)
          .reversed();

  /** The release that has that tag; empty for tags of anything else, and of pre-releases. */
  static Optional<ListedRelease> of(String tag, Instant publishedAt) {
    for (Family family : Family.values()) {
      String prefix = family.title() + "-v";
      if (tag.startsWith(prefix)) {
        return ReleaseVersion.of(tag.substring(prefix.length()))
            .map(version -> new ListedRelease(family, version, publishedAt));
      }
    }
    return Optional.empty();
  }

  /** Its tag, such as {@code mero-kms-v2.3.40}. */
  public String tag() {
    return family.tag(version);
  }
}
