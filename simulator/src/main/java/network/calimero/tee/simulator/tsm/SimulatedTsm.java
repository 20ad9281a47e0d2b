package network.calimero.tee.simulator.tsm;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;

/**
 * A file system whose {@link #root} behaves like {@code /sys/kernel/config/tsm/report} of Linux 6.7
 * or newer in a TDX VM: a directory that is made there is a report entry with the attributes {@code
 * inblob}, {@code outblob}, {@code generation} and {@code provider}; 64 bytes written to the first
 * have their quote read from the second; removing the directory removes its attributes. Safe for
 * use by several threads.
 *
 * <pre>{@code
 * new ConfigfsTsm(SimulatedTsm.of(machine).root())
 * }</pre>
 */
public final class SimulatedTsm extends FileSystem {
  private final TsmProvider provider;

  private SimulatedTsm(Quoting quoting) {
    this.provider = new TsmProvider(this, new TsmEntries(quoting));
  }

  /** What the host's quoting service does. */
  @FunctionalInterface
  public interface Quoting {
    /**
     * A quote over 64 bytes.
     *
     * @throws IOException if there is none, as when that service does not run
     */
    byte[] quote(byte[] reportData) throws IOException;
  }

  /** That of a machine. */
  public static SimulatedTsm of(SimulatedTdxMachine machine) {
    return quoting(machine::quote);
  }

  /** One with a quoting service of the caller's. */
  public static SimulatedTsm quoting(Quoting quoting) {
    return new SimulatedTsm(quoting);
  }

  /** The report directory. */
  public Path root() {
    return new TsmPath(this, List.of());
  }

  @Override
  public TsmProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    return root().resolve(first, more);
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root());
  }

  @Override
  public String getSeparator() {
    return TsmPath.SEPARATOR;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  /** It cannot be closed, as the kernel's cannot. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}
