package network.calimero.tee.release.source;

import java.net.URI;
import network.calimero.tee.bytes.Bytes;

/** What servers of releases and the log say that there is. */
public final class ListReader {
  private static final URI PAGE = URI.create("https://releases.example/index.json");
  private static final int MOST_NAMES = 100;

  private ListReader() {}

  /** A page of the list of releases. */
  public static void releases(Bytes bytes) throws SourceException {
    ReleaseIndex.parse(bytes, PAGE).forEach(ReleaseIndex.Entry::release);
  }

  /** The names of entries of the log. */
  public static void names(Bytes bytes) throws SourceException {
    if (RekorClient.names(bytes).size() > MOST_NAMES) {
      throw new AssertionError("more names than are asked about");
    }
  }
}
