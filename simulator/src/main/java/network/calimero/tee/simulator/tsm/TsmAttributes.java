package network.calimero.tee.simulator.tsm;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What little configfs tells of a directory or attribute. */
record TsmAttributes(boolean isDirectory) implements BasicFileAttributes {
  private static final FileTime BOOT = FileTime.fromMillis(0);

  @Override
  public boolean isRegularFile() {
    return !isDirectory;
  }

  @Override
  public FileTime lastModifiedTime() {
    return BOOT;
  }

  @Override
  public FileTime lastAccessTime() {
    return BOOT;
  }

  @Override
  public FileTime creationTime() {
    return BOOT;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public @Nullable Object fileKey() {
    return null;
  }
}
