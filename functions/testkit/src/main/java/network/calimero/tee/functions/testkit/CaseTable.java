package network.calimero.tee.functions.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One section of a committed document: what strangers try, and the code that it meets. Tests try
 * each of them, so that the document can be believed.
 */
public final class CaseTable {
  private static final String DOCUMENT = "docs/functions-withstands.md";
  private static final String HEADING = "## ";
  private static final int COLUMNS = 2;

  private final String section;
  private final Map<String, String> rows;

  private CaseTable(String section, Map<String, String> rows) {
    this.section = section;
    this.rows = rows;
  }

  /** Tries one thing. */
  @FunctionalInterface
  public interface Attempt {
    /** The code that it met; {@code ok} if it was let through. */
    String code() throws Exception;
  }

  /**
   * Reads a section.
   *
   * @param root of the project
   * @throws IllegalStateException if there is no such section, or a case is there twice
   */
  public static CaseTable read(Path root, String section) throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    String current = "";
    for (String line : Files.readAllLines(root.resolve(DOCUMENT))) {
      if (line.startsWith(HEADING)) {
        current = line.substring(HEADING.length()).strip();
      } else if (current.equals(section)) {
        Optional<String[]> cells = cells(line);
        if (cells.isPresent() && rows.put(cells.get()[0], code(cells.get()[1])) != null) {
          throw new IllegalStateException("twice in the table: " + cells.get()[0]);
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalStateException("%s has no section %s".formatted(DOCUMENT, section));
    }
    return new CaseTable(section, rows);
  }

  private static Optional<String[]> cells(String line) {
    if (!line.startsWith("| ") || line.startsWith("| ---") || line.startsWith("| case ")) {
      return Optional.empty();
    }
    String[] cells = line.substring(2, line.lastIndexOf(" |")).split(" \\| ", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalStateException("not a case and its code: " + line);
    }
    return Optional.of(cells);
  }

  private static String code(String cell) {
    return cell.replace("`", "").strip();
  }

  /** The names of the cases in their order. */
  public List<String> cases() {
    return List.copyOf(rows.keySet());
  }

  /**
   * Tries all, prints how many came out as the table says, and tells of the others: of cases that
   * nobody tries and of attempts that are in no row, too.
   */
  public List<String> differences(Map<String, Attempt> attempts) {
    List<String> differences = new ArrayList<>();
    int right = 0;
    for (Map.Entry<String, String> row : rows.entrySet()) {
      String met = tried(attempts.get(row.getKey()));
      if (met.equals(row.getValue())) {
        right++;
      } else {
        differences.add("%s: %s, not %s".formatted(row.getKey(), met, row.getValue()));
      }
    }
    attempts.keySet().stream()
        .filter(name -> !rows.containsKey(name))
        .forEach(name -> differences.add(name + ": not in the table"));
    System.out.println("%s: %d/%d cases as in %s".formatted(section, right, rows.size(), DOCUMENT));
    return differences;
  }

  private static String tried(@Nullable Attempt attempt) {
    if (attempt == null) {
      return "nobody tries it";
    }
    try {
      return attempt.code();
    } catch (Exception e) {
      return e.toString();
    }
  }
}
