package network.calimero.tee.simulator.tsm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** File operations as configfs answers them; those that it does not know are not supported. */
final class TsmProvider extends FileSystemProvider {
  static final String SCHEME = "simulated-tsm";

  private final SimulatedTsm system;
  private final TsmEntries entries;

  TsmProvider(SimulatedTsm system, TsmEntries entries) {
    this.system = system;
    this.entries = entries;
  }

  private static List<String> names(Path path) {
    return ((TsmPath) path).names();
  }

  private static void requireAttribute(Path path) throws IOException {
    if (names(path).size() != 2) {
      throw new NoSuchFileException(path.toString());
    }
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    if (names(directory).size() != 1) {
      throw new AccessDeniedException(directory.toString());
    }
    entries.make(names(directory).getFirst());
  }

  @Override
  public void delete(Path path) throws IOException {
    if (names(path).size() != 1) {
      throw new AccessDeniedException(path.toString());
    }
    entries.remove(names(path).getFirst());
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    requireAttribute(path);
    return new ByteArrayInputStream(entries.read(names(path).get(0), names(path).get(1)));
  }

  /** The kernel takes what was written when the file is closed. */
  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    requireAttribute(path);
    if (!Arrays.equals(options, new OpenOption[] {StandardOpenOption.WRITE})) {
      throw new AccessDeniedException(path.toString(), null, "attributes are there, and stay");
    }
    return new ByteArrayOutputStream() {
      @Override
      public void close() throws IOException {
        entries.write(names(path).get(0), names(path).get(1), toByteArray());
      }
    };
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<String> names = names(directory);
    if (names.size() > 1) {
      throw new NotDirectoryException(directory.toString());
    }
    checkAccess(directory);
    List<Path> content =
        (names.isEmpty() ? entries.names() : TsmEntries.ATTRIBUTES)
            .stream().map(directory::resolve).toList();
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return content.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    List<String> names = names(path);
    boolean there =
        switch (names.size()) {
          case 0 -> true;
          case 1 -> entries.exists(names.getFirst());
          case 2 ->
              entries.exists(names.getFirst()) && TsmEntries.ATTRIBUTES.contains(names.getLast());
          default -> false;
        };
    if (!there) {
      throw new NoSuchFileException(path.toString());
    }
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    checkAccess(path);
    return type.cast(new TsmAttributes(names(path).size() < 2));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public SimulatedTsm newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SimulatedTsm getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
