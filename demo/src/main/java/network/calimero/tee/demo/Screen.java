package network.calimero.tee.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * The demonstration as a person reads it: rows with a mark, what was tried, what came back and how
 * long it took, and below each its reason.
 */
final class Screen {
  private static final int WIDTH = 100;
  private static final int TITLE = 54;
  private static final int ANSWER = 33;
  private static final String INDENT = "      ";
  private static final Pattern LONG_HEX =
      Pattern.compile("\\b([0-9a-fA-F]{12})[0-9a-fA-F]{20,}\\b…?");

  private final PrintStream out;
  private final boolean colours;

  Screen(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** A heading. */
  void section(String title) {
    out.println();
    out.println(bold(title));
  }

  /** A line as it is. */
  void line(String text) {
    out.println(text);
  }

  /**
   * Tries something and shows how it came out; a failure is shown like any other outcome.
   *
   * @return whether it came out as it must
   */
  boolean row(String title, Callable<Outcome> attempt) {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome = attempt.call();
    } catch (Exception e) {
      outcome = Outcome.bad("failed", e.toString());
    }
    show(title, outcome, Duration.ofNanos(System.nanoTime() - start));
    return outcome.asItMust();
  }

  private void show(String title, Outcome outcome, Duration took) {
    String mark = outcome.asItMust() ? green("✓") : red("✗");
    String answer = pad(outcome.answer(), ANSWER);
    out.println(
        "  %s %s%s%9s"
            .formatted(
                mark, pad(title, TITLE), outcome.asItMust() ? answer : red(answer), text(took)));
    if (!outcome.reason().isEmpty()) {
      reason(shortened(outcome.reason()));
    }
  }

  /** Measurements and hashes are recognised by their beginning. */
  static String shortened(String text) {
    return LONG_HEX.matcher(text).replaceAll("$1…");
  }

  private void reason(String text) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ", -1)) {
      boolean first = line.length() == INDENT.length();
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        out.println(dim(line.toString()));
        line = new StringBuilder(INDENT);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    out.println(dim(line.toString()));
  }

  static String text(Duration took) {
    return took.toMillis() < 1_000
        ? took.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }

  String bold(String text) {
    return colour("1", text);
  }

  String green(String text) {
    return colour("32", text);
  }

  String red(String text) {
    return colour("31", text);
  }

  String dim(String text) {
    return colour("2", text);
  }

  private String colour(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
