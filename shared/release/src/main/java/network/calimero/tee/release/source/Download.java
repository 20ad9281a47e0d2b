package network.calimero.tee.release.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.release.asset.Asset;
import org.jspecify.annotations.Nullable;

/** One file that is being downloaded, and kept where it is to be kept. */
final class Download implements StreamedBody.Parts, AutoCloseable {
  private final Digesting digesting;
  private final Optional<Path> place;
  private final PartFile.Disk disk;
  private @Nullable PartFile part;
  private @Nullable IOException notKept;
  private boolean closed;

  /** Begins; nothing is written before something comes. */
  Download(Asset asset, Optional<Path> place) {
    this(asset, place, file -> Files.newOutputStream(file));
  }

  Download(Asset asset, Optional<Path> place, PartFile.Disk disk) {
    this.digesting = new Digesting(asset);
    this.place = place;
    this.disk = disk;
  }

  @Override
  public synchronized void add(byte[] bytes, int length) throws IOException {
    if (closed) {
      throw new IOException("given up");
    }
    digesting.add(bytes, length);
    keep(bytes, length);
  }

  private void keep(byte[] bytes, int length) throws IOException {
    try {
      if (part == null && place.isPresent()) {
        part = PartFile.create(place.get(), disk);
      }
      if (part != null) {
        part.write(bytes, length);
      }
    } catch (IOException e) {
      notKept = e;
      throw e;
    }
  }

  /**
   * All of it has come.
   *
   * @throws SourceException if it could not be kept
   */
  synchronized FetchedAsset complete(String origin) throws SourceException {
    try {
      keep(new byte[0], 0);
      if (part != null) {
        part.commit();
      }
    } catch (IOException e) {
      notKept = e;
    }
    requireKept();
    return digesting.complete(origin);
  }

  /** Says that it could not be kept, if it was that which ended the download. */
  synchronized void requireKept() throws SourceException {
    if (notKept != null) {
      throw ReleaseFolder.unwritable(place.orElse(Path.of("")), notKept);
    }
  }

  @Override
  public synchronized void close() throws SourceException {
    closed = true;
    try {
      if (part != null) {
        part.close();
      }
    } catch (IOException e) {
      throw ReleaseFolder.unwritable(place.orElse(Path.of("")), e);
    }
  }
}
