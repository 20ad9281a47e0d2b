package network.calimero.tee.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;

/**
 * A reader of bytes of strangers. Whatever the bytes are, reading them ends, in a value or in an
 * exception that is for it, with a text that is short and printable, and takes no more memory than
 * fits the size of the input.
 *
 * @param name for the command line, lower case
 * @param fixed bytes that reading may allocate however small the input is
 * @param seeds what it reads when nothing is wrong; the first without any objection
 * @param refusals the exceptions that are for it
 */
public record Target(
    String name,
    long fixed,
    Supplier<List<Bytes>> seeds,
    Reader reader,
    Set<Class<? extends Exception>> refusals) {
  /** Bytes allocated for a byte of input, as text, tree and value; measured: under 180. */
  static final int PER_BYTE = 256;

  /** Where reading is all there is to it. */
  public static final long PARSING = 64 << 10;

  /** Where signatures are verified too, each with a hundred kilobytes of numbers. */
  public static final long VERIFYING = 4 << 20;

  private static final int ATTEMPTS = 5;
  private static final int LONGEST_TEXT = 1_100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads; an {@link AssertionError} tells of a value that cannot be. */
  @FunctionalInterface
  public interface Reader {
    /** Ends in any exception if the bytes are refused. */
    void read(Bytes bytes) throws Exception;
  }

  /** Reads; anything but a value or a good refusal is an error. */
  public void mustEndWell(Bytes bytes) {
    long allowed = fixed + (long) PER_BYTE * bytes.length();
    long least = Long.MAX_VALUE;
    // What is loaded on the way is allocated once only, whatever the input is.
    for (int attempts = 0; attempts < ATTEMPTS && least > allowed; attempts++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      endsWell(bytes);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > allowed) {
      throw new AssertionError(
          "%d bytes of memory for %d of input, over %d".formatted(least, bytes.length(), allowed));
    }
  }

  /**
   * Reads once; anything but a value or a good refusal is an error, however much memory it takes.
   */
  void endsWell(Bytes bytes) {
    try {
      reader.read(bytes);
    } catch (Exception e) {
      if (!refusals.contains(e.getClass())) {
        throw new AssertionError("not an exception of " + name, e);
      }
      requirePlain(String.valueOf(e.getMessage()));
    }
  }

  /** Short enough for a line of a log, and nothing that could forge another. */
  public static void requirePlain(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new AssertionError("a text of " + text.length() + " characters");
    }
    boolean plain = text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028);
    if (!plain) {
      throw new AssertionError("control characters in: " + text);
    }
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
