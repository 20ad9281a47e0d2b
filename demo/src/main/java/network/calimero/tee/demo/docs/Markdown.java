package network.calimero.tee.demo.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of Markdown. */
final class Markdown {
  /** Stands under the title of every document that is written here. */
  static final String GENERATED = "<!-- Written by scripts/docs from the code: do not edit. -->\n";

  private Markdown() {}

  static String code(String text) {
    return "`" + text + "`";
  }

  /** A table, its cells as they are but for what would break it. */
  static String table(List<String> headings, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    lines.add(Collections.nCopies(headings.size(), "---"));
    lines.addAll(rows);
    return lines.stream().map(Markdown::line).collect(Collectors.joining("\n", "", "\n"));
  }

  static List<String> row(String... cells) {
    return Arrays.asList(cells);
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
