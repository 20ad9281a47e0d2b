package network.calimero.tee.release.source;

import java.net.URI;
import network.calimero.tee.bytes.Bytes;

/** What servers of releases say that there is. */
public final class ListReader {
  private static final URI PAGE = URI.create("https://releases.example/index.json");

  private ListReader() {}

  /** A page of the list of releases. */
  public static void releases(Bytes bytes) throws SourceException {
    ReleaseIndex.parse(bytes, PAGE).forEach(ReleaseIndex.Entry::release);
  }
}
