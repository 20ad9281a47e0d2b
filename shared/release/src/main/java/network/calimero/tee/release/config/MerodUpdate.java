package network.calimero.tee.release.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts a configuration in place, value by value, through merod itself. The values are the same
 * every time, so doing it again changes nothing.
 *
 * @param home merod's folder
 * @param node the node's name in it
 */
public record MerodUpdate(MerodConfig config, String home, String node) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /**
   * How far it came.
   *
   * @param done the keys that are set, in order
   * @param failure why the next one is not; empty if all are
   * @param open the keys that are not set
   */
  public record Result(List<String> done, Optional<String> failure, List<String> open) {
    /** Copies. */
    public Result {
      done = List.copyOf(done);
      open = List.copyOf(open);
    }
  }

  /** The arguments of every run, in order. */
  public List<List<String>> commands() {
    return config.assignments().stream().map(this::arguments).toList();
  }

  private List<String> arguments(String assignment) {
    return List.of("--home", home, "--node", node, "config", assignment);
  }

  /** Every run as a line for a shell. */
  public List<String> lines() {
    return commands().stream().map(MerodUpdate::line).toList();
  }

  private static String line(List<String> arguments) {
    StringBuilder line = new StringBuilder("merod");
    arguments.forEach(argument -> line.append(' ').append(quoted(argument)));
    return line.toString();
  }

  /** A word of a POSIX shell. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Runs them until one fails.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public Result run(Merod merod) throws InterruptedException {
    List<String> done = new ArrayList<>();
    List<String> keys = config.settings().stream().map(Setting::key).toList();
    for (Setting setting : config.settings()) {
      Optional<String> failure = set(merod, setting);
      if (failure.isPresent()) {
        return new Result(done, failure, keys.subList(done.size(), keys.size()));
      }
      done.add(setting.key());
    }
    return new Result(done, Optional.empty(), List.of());
  }

  private Optional<String> set(Merod merod, Setting setting) throws InterruptedException {
    try {
      int exit = merod.run(arguments(setting.assignment()));
      return exit == 0
          ? Optional.empty()
          : Optional.of("merod ended with exit code %d at %s".formatted(exit, setting.key()));
    } catch (IOException e) {
      return Optional.of("merod cannot be run: " + e.getMessage());
    }
  }
}
