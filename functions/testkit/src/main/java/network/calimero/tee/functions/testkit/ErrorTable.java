package network.calimero.tee.functions.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The committed table of errors: one section for each closed set of codes. */
public final class ErrorTable {
  private static final String DOCUMENT = "docs/errors-functions.md";
  private static final String HEADING = "## ";

  private ErrorTable() {}

  /** A row as the document is to have it. */
  public static String row(String code, int status, String advice) {
    return "| `%s` | %d | %s |".formatted(code, status, advice);
  }

  /** The rows of a section as the document has them; a test compares them with the code's. */
  public static List<String> rows(Path root, String section) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean within = false;
    for (String line : Files.readAllLines(root.resolve(DOCUMENT))) {
      if (line.startsWith(HEADING)) {
        within = line.equals(HEADING + section);
      } else if (within && line.startsWith("| `")) {
        rows.add(line);
      }
    }
    return rows;
  }
}
