package network.calimero.tee.kms.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * When the sources of this program were committed, as its build wrote it down: it cannot be earlier
 * now.
 */
final class BuildTime {
  private static final String RESOURCE = "build.properties";
  private static final String KEY = "build.time";

  private BuildTime() {}

  /** The time; empty if this program was built in a way that does not write it down. */
  static Optional<Instant> read() {
    try (InputStream in = BuildTime.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return parse(properties.getProperty(KEY, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the form {@code 2026-11-21T00:00:00Z}; anything else is none. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
