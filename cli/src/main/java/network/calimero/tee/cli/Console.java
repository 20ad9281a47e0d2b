package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where commands read and write, and what time it is for them.
 *
 * @param in what {@code -} reads
 * @param out results
 * @param err everything else
 * @param clock read once per command
 * @param environment variables of the process
 */
public record Console(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    InstantSource clock,
    Map<String, String> environment) {

  /** Keeps a copy of the variables. */
  public Console {
    environment = Map.copyOf(environment);
  }

  /** Without any variables. */
  public Console(InputStream in, PrintWriter out, PrintWriter err, InstantSource clock) {
    this(in, out, err, clock, Map.of());
  }

  /** The process's own streams, in UTF-8 whatever the locale: JSON is nothing else. */
  public static Console system() {
    return new Console(
        System.in,
        writer(new FileOutputStream(FileDescriptor.out)),
        writer(new FileOutputStream(FileDescriptor.err)),
        InstantSource.system(),
        System.getenv());
  }

  /** A writer of text to those bytes. */
  public static PrintWriter writer(OutputStream bytes) {
    return new PrintWriter(bytes, false, UTF_8);
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
