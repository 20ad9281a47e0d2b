package network.calimero.tee.simulator.tsm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kernel keeps: report entries, each with the data written last. */
final class TsmEntries {
  static final List<String> ATTRIBUTES = List.of("inblob", "outblob", "generation", "provider");

  private static final int REPORT_DATA_SIZE = 64;

  private final SimulatedTsm.Quoting quoting;
  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    byte @Nullable [] written;
    long generation;
  }

  TsmEntries(SimulatedTsm.Quoting quoting) {
    this.quoting = quoting;
  }

  synchronized List<String> names() {
    return List.copyOf(entries.keySet());
  }

  synchronized boolean exists(String entry) {
    return entries.containsKey(entry);
  }

  synchronized void make(String entry) throws IOException {
    if (entries.putIfAbsent(entry, new Entry()) != null) {
      throw new FileAlreadyExistsException(entry);
    }
  }

  synchronized void remove(String entry) throws IOException {
    if (entries.remove(entry) == null) {
      throw new NoSuchFileException(entry);
    }
  }

  private Entry require(String entry) throws IOException {
    Entry found = entries.get(entry);
    if (found == null) {
      throw new NoSuchFileException(entry);
    }
    return found;
  }

  synchronized void write(String entry, String attribute, byte[] content) throws IOException {
    Entry target = require(entry);
    if (!attribute.equals("inblob")) {
      throw new AccessDeniedException(attribute);
    }
    if (content.length != REPORT_DATA_SIZE) {
      throw new IOException("Invalid argument");
    }
    target.written = content.clone();
    target.generation++;
  }

  synchronized byte[] read(String entry, String attribute) throws IOException {
    Entry source = require(entry);
    return switch (attribute) {
      case "provider" -> "tdx_guest\n".getBytes(US_ASCII);
      case "generation" -> (source.generation + "\n").getBytes(US_ASCII);
      case "outblob" -> {
        if (source.written == null) {
          throw new IOException("Invalid argument");
        }
        yield quoting.quote(source.written);
      }
      case "inblob" -> throw new AccessDeniedException(attribute);
      default -> throw new NoSuchFileException(attribute);
    };
  }
}
