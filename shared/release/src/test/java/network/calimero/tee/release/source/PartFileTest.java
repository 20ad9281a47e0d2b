package network.calimero.tee.release.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.http.BodyTooLargeException;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.source.SourceException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  @TempDir Path directory;

  /** A disk that is full after so many bytes. */
  private static OutputStream full(OutputStream disk, int after) {
    return new OutputStream() {
      private int written;

      @Override
      public void write(int b) throws IOException {
        if (written == after) {
          throw new IOException("No space left on device");
        }
        disk.write(b);
        written++;
      }

      @Override
      public void close() throws IOException {
        disk.close();
      }
    };
  }

  @Test
  void isSeenOnlyWhenItIsComplete() throws Exception {
    Path target = directory.resolve("tag/file");
    try (PartFile part = PartFile.create(target, file -> Files.newOutputStream(file))) {
      part.write(new byte[] {1, 2, 3}, 2);
      assertThat(target).doesNotExist();
      part.commit();
    }
    assertThat(target).hasBinaryContent(new byte[] {1, 2});
    assertThat(directory.resolve("tag").toFile().list()).containsExactly("file");
  }

  @Test
  void aFullDiskLeavesNothing() throws Exception {
    Path target = directory.resolve("file");
    Download download =
        new Download(
            NodeAssets.SBOM, Optional.of(target), file -> full(Files.newOutputStream(file), 5));
    try (download) {
      download.add(new byte[5], 5);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> download.add(new byte[1], 1));
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(download::requireKept)
          .satisfies(e -> {
            assertThat(e.code()).isEqualTo(Code.UNWRITABLE);
            assertThat(e.reason()).contains(target.toString(), "No space left on device");
          });
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatComesAfterItWasGivenUpLeavesNothing() throws Exception {
    Path target = directory.resolve("file");
    Download download = new Download(NodeAssets.SBOM, Optional.of(target));
    download.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> download.add(new byte[1], 1));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void moreThanItsKindMayHaveIsRefusedBeforeItIsHeld() throws Exception {
    try (Download download = new Download(NodeAssets.CHECKSUMS, Optional.empty())) {
      int limit = Math.toIntExact(NodeAssets.CHECKSUMS.kind().maxSize());
      download.add(new byte[limit], limit);
      assertThatExceptionOfType(BodyTooLargeException.class)
          .isThrownBy(() -> download.add(new byte[1], 1));
      download.requireKept();
    }
  }
}
