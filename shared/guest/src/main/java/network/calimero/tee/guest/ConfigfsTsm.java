package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import network.calimero.tee.guest.GuestException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotes through the kernel's configfs-tsm: a report entry is made, the report data written to
 * {@code inblob}, the quote read from {@code outblob}, the entry removed.
 *
 * <p>The entry's {@code generation} counts writes; if it moved by more than the one write made
 * here, somebody else wrote to the entry, the quote may be about their data, and a new entry is
 * tried.
 *
 * <p>One quote is made at a time, as in the kernel. Reading blocks for as long as the kernel waits
 * for the quoting service (30 s and more if that hangs) and cannot be interrupted.
 */
public final class ConfigfsTsm implements QuoteProvider {

  /** Where Linux mounts it. */
  public static final Path DEFAULT_ROOT = Path.of("/sys/kernel/config/tsm/report");

  private static final Logger LOG = LoggerFactory.getLogger(ConfigfsTsm.class);

  private static final String TDX_PROVIDER = "tdx_guest";
  private static final int ATTEMPTS = 5;
  private static final int MAX_LINE = 64;
  private static final int MAX_WAITING = 16;

  private final Path root;
  private final TsmFiles files;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Quotes from the report directory at that path. */
  public ConfigfsTsm(Path root) {
    this(root, new TsmFiles.Kernel());
  }

  ConfigfsTsm(Path root, TsmFiles files) {
    this.root = root;
    this.files = files;
  }

  @Override
  public GuestQuote quote(byte[] reportData) throws GuestException {
    GuestQuote.requireReportData(reportData);
    if (turn.getQueueLength() >= MAX_WAITING) {
      throw new GuestException(
          Code.BUSY, MAX_WAITING + " quotes are waited for already; try again later");
    }
    turn.lock();
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<byte[]> quote = attempt(reportData);
        if (quote.isPresent()) {
          return GuestQuote.withoutLog(quote.get());
        }
      }
    } finally {
      turn.unlock();
    }
    throw new GuestException(
        Code.BUSY,
        "another process keeps writing to the report entries in "
            + root
            + ": find and stop it, or try again later");
  }

  /** One entry, from making to removing it; empty if somebody else wrote to it. */
  private Optional<byte[]> attempt(byte[] reportData) throws GuestException {
    Path entry = root.resolve("mero-tee-" + UUID.randomUUID());
    try {
      files.createEntry(entry);
    } catch (IOException e) {
      throw new GuestException(Code.UNREACHABLE, noEntry(), e);
    }
    try {
      return exchange(entry, reportData);
    } finally {
      remove(entry);
    }
  }

  private String noEntry() {
    return Files.isDirectory(root)
        ? "cannot make a report entry in " + root + ": may this user write there (root may)?"
        : "there is no directory "
            + root
            + ": is this a TDX VM with Linux 6.7 or newer, module tdx_guest loaded and configfs mounted?";
  }

  private Optional<byte[]> exchange(Path entry, byte[] reportData) throws GuestException {
    requireTdx(entry);
    long before = generation(entry);
    try {
      files.write(entry.resolve("inblob"), reportData);
    } catch (IOException e) {
      throw new GuestException(
          Code.REFUSED, "the kernel refused the report data; see dmesg for tdx_guest", e);
    }
    byte[] quote;
    try {
      quote = files.read(entry.resolve("outblob"), GuestQuote.MAX_SIZE + 1);
    } catch (IOException e) {
      // The kernel also refuses to read while a disturbed entry is out of step.
      if (generation(entry) != before + 1) {
        return Optional.empty();
      }
      throw new GuestException(
          Code.REFUSED,
          "the platform gave no quote: is the host's quoting service (QGS) running? See dmesg",
          e);
    }
    if (generation(entry) != before + 1) {
      return Optional.empty();
    }
    if (quote.length == 0 || quote.length > GuestQuote.MAX_SIZE) {
      throw new GuestException(
          Code.MALFORMED,
          "the platform's quote has not 1 to " + GuestQuote.MAX_SIZE + " bytes; see dmesg");
    }
    return Optional.of(quote);
  }

  private void requireTdx(Path entry) throws GuestException {
    String provider = line(entry, "provider");
    if (!provider.equals(TDX_PROVIDER)) {
      throw new GuestException(
          Code.UNREACHABLE,
          "quotes here come from provider \""
              + provider.replaceAll("[^a-z0-9_]", "?")
              + "\", not tdx_guest: this is not an Intel TDX VM");
    }
  }

  private long generation(Path entry) throws GuestException {
    String text = line(entry, "generation");
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new GuestException(
          Code.MALFORMED, "attribute generation of " + entry + " is not a number", e);
    }
  }

  private String line(Path entry, String attribute) throws GuestException {
    try {
      return new String(files.read(entry.resolve(attribute), MAX_LINE), UTF_8).strip();
    } catch (IOException e) {
      throw new GuestException(
          Code.UNREACHABLE,
          "cannot read " + entry.resolve(attribute) + ": is " + root + " configfs-tsm?",
          e);
    }
  }

  /** An entry left behind costs the kernel some memory, and the caller nothing. */
  private void remove(Path entry) {
    try {
      files.removeEntry(entry);
    } catch (IOException e) {
      LOG.warn("cannot remove report entry {}", entry, e);
    }
  }
}
