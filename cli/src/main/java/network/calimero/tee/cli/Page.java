package network.calimero.tee.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Text for people: lines, groups, and rows whose names are aligned. */
final class Page {
  private static final int NAME_WIDTH = 22;

  private final StringBuilder text = new StringBuilder();

  Page line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** A title after an empty line. */
  Page group(String title) {
    return line("").line(title);
  }

  Page row(String name, String value) {
    return row(name, NAME_WIDTH, value);
  }

  Page row(String name, int width, String value) {
    String padded = "  " + name + " ".repeat(Math.max(0, width - name.length())) + "  " + value;
    return line(padded.stripTrailing());
  }

  /** What else to know, after an empty line if there is anything. */
  Page notes(List<String> notes) {
    if (!notes.isEmpty()) {
      line("");
    }
    notes.forEach(note -> line("Note: " + note));
    return this;
  }

  /** A time for people: nobody reads nanoseconds. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
