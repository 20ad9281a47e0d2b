package network.calimero.tee.simulator.tsm;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place below the report directory, which is the path without names. Always absolute. */
final class TsmPath implements Path {
  static final String SEPARATOR = "/";

  private final SimulatedTsm system;
  private final List<String> names;

  TsmPath(SimulatedTsm system, List<String> names) {
    this.system = system;
    this.names = List.copyOf(names);
  }

  List<String> names() {
    return names;
  }

  private TsmPath of(List<String> other) {
    return new TsmPath(system, other);
  }

  @Override
  public SimulatedTsm getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public Path getRoot() {
    return of(List.of());
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : of(List.of(names.getLast()));
  }

  @Override
  public @Nullable Path getParent() {
    return names.isEmpty() ? null : of(names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return of(List.of(names.get(index)));
  }

  @Override
  public Path subpath(int from, int to) {
    return of(names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof TsmPath that
        && that.names.size() <= names.size()
        && names.subList(0, that.names.size()).equals(that.names);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof TsmPath that
        && that.names.size() <= names.size()
        && names.subList(names.size() - that.names.size(), names.size()).equals(that.names);
  }

  @Override
  public Path normalize() {
    return this;
  }

  @Override
  public Path resolve(Path other) {
    List<String> joined = new ArrayList<>(names);
    joined.addAll(((TsmPath) other).names);
    return of(joined);
  }

  @Override
  public Path resolve(String other) {
    List<String> more = Arrays.stream(other.split(SEPARATOR)).filter(n -> !n.isEmpty()).toList();
    return resolve(of(more));
  }

  @Override
  public Path relativize(Path other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public URI toUri() {
    return URI.create(TsmProvider.SCHEME + "://" + this);
  }

  @Override
  public Path toAbsolutePath() {
    return this;
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return this;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TsmPath that && system == that.system && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /** As the kernel's would read. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>(List.of("", "sys", "kernel", "config", "tsm", "report"));
    all.addAll(names);
    return String.join(SEPARATOR, all);
  }
}
