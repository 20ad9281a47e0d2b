package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * configfs-tsm in an ordinary directory: the real file operations, and beside each what the kernel
 * does. Its quote is {@code Q} and the report data.
 */
class FakeKernel implements TsmFiles {

  private final TsmFiles disk = new TsmFiles.Kernel();

  String provider = "tdx_guest\n";
  String firstGeneration = "0\n";

  /** What somebody else writes to the entry just before its quote is read, and how often. */
  int disturbances;

  /** Whether the kernel then refuses to read, or gives the other quote. */
  boolean refuseWhenDisturbed;

  @Nullable IOException quoteFailure;
  byte @Nullable [] fixedQuote;

  @Override
  public void createEntry(Path entry) throws IOException {
    disk.createEntry(entry);
    Files.writeString(entry.resolve("provider"), provider);
    Files.writeString(entry.resolve("generation"), firstGeneration);
    Files.createFile(entry.resolve("inblob"));
    Files.createFile(entry.resolve("outblob"));
  }

  @Override
  public void write(Path attribute, byte[] content) throws IOException {
    disk.write(attribute, content);
    if (attribute.endsWith("inblob")) {
      Path entry = attribute.resolveSibling(".");
      Path generation = entry.resolve("generation");
      long next = Long.parseLong(Files.readString(generation).strip()) + 1;
      Files.writeString(generation, next + "\n");
      byte[] quote = ("Q" + new String(content, US_ASCII)).getBytes(US_ASCII);
      Files.write(entry.resolve("outblob"), fixedQuote != null ? fixedQuote : quote);
    }
  }

  @Override
  public byte[] read(Path attribute, int limit) throws IOException {
    if (attribute.endsWith("outblob")) {
      if (quoteFailure != null) {
        throw quoteFailure;
      }
      if (disturbances > 0) {
        disturbances--;
        write(attribute.resolveSibling("inblob"), new byte[64]);
        if (refuseWhenDisturbed) {
          throw new IOException("Resource temporarily unavailable");
        }
      }
    }
    return disk.read(attribute, limit);
  }

  @Override
  public void removeEntry(Path entry) throws IOException {
    try (DirectoryStream<Path> attributes = Files.newDirectoryStream(entry)) {
      for (Path attribute : attributes) {
        Files.delete(attribute);
      }
    }
    disk.removeEntry(entry);
  }
}
