package network.calimero.tee.kms.config;

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
      if (equals >= 0) {
        level(directive.substring(equals + 1), directive);
      } else if (!isTarget(directive)) {
        level = level(directive, directive);
      }
    }
    return level;
  }

  /**
   * Like a module's path of the original, such as {@code mero_kms_phala::api}; no level is like
   * that. One pattern for all of it would try each of the ways to take a text apart.
   */
  private static boolean isTarget(String directive) {
    boolean hasMark = directive.contains("_") || directive.contains("::");
    return hasMark && directive.matches("[A-Za-z0-9][A-Za-z0-9_:]*");
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
