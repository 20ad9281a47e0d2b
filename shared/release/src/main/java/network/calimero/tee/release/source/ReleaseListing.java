package network.calimero.tee.release.source;

import java.util.List;

/** Says which releases there are. Nothing that it says is believed but where to look. */
@FunctionalInterface
public interface ReleaseListing {
  /**
   * The newest releases, newest first; none if the store has none. For several threads.
   *
   * @throws SourceException if that cannot be said
   */
  List<ListedRelease> releases() throws SourceException;
}
