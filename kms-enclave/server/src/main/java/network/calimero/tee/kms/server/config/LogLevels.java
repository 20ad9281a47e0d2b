package network.calimero.tee.kms.server.config;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code RUST_LOG}: a level, or directives of which the one without a target counts. */
final class LogLevels {
  private LogLevels() {}

  /**
   * The level that counts here. Directives for a target ({@code target=level}) name modules of
   * another program: they are checked and have no effect.
   */
  static Level parse(String filter) {
    Level level = Level.INFO;
    for (String directive : Parsers.csv(filter)) {
      int equals = directive.lastIndexOf('=');
      Level stated = level(directive.substring(equals + 1), directive);
      if (equals < 0) {
        level = stated;
      }
    }
    return level;
  }

  private static Level level(String name, String directive) {
    return byName(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "has \"" + Parsers.brief(directive) + "\", which names no level"));
  }

  private static Optional<Level> byName(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "off" -> Optional.of(Level.OFF);
      case "error" -> Optional.of(Level.ERROR);
      case "warn" -> Optional.of(Level.WARNING);
      case "info" -> Optional.of(Level.INFO);
      case "debug" -> Optional.of(Level.DEBUG);
      case "trace" -> Optional.of(Level.TRACE);
      default -> Optional.empty();
    };
  }
}
