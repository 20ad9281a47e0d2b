package network.calimero.tee.functions.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One section of the committed document of calls: each with curl, and what was answered. Long
 * values are cut, those that are made anew each time to nothing.
 */
public final class CallsDocument {
  private static final String DOCUMENT = "docs/functions.md";
  private static final String HEADING = "## ";
  private static final int MAX_LINES = 36;
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern MADE_ANEW =
      Pattern.compile(
          "(\"(?:quote_sha256|quoteB64|quote)\" ?: ?\"|log_index\" : |log-index=)[^\",\\s]*");
  private static final Pattern HEX = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{24,}\\b");

  private final String section;
  private final StringBuilder text = new StringBuilder();

  /** Starts a section with what is to be said first. */
  public CallsDocument(String section, String introduction) {
    this.section = section;
    text.append('\n').append(introduction).append('\n');
  }

  /**
   * One call and its answer.
   *
   * @param curl what comes after {@code curl}
   * @param headers of the answer, those that a reader should see
   */
  public CallsDocument call(
      String heading, String curl, int status, Map<String, String> headers, byte[] answer) {
    text.append("\n### ").append(heading).append("\n\n```\n$ curl ").append(cut(curl));
    text.append("\n```\n\n```\n").append(status).append('\n');
    new TreeMap<>(headers)
        .forEach((name, value) -> text.append(name).append(": ").append(cut(value)).append('\n'));
    text.append('\n');
    List<String> lines = cut(pretty(answer)).lines().toList();
    lines.stream().limit(MAX_LINES).forEach(line -> text.append(line).append('\n'));
    if (lines.size() > MAX_LINES) {
      text.append("… and %d lines more\n".formatted(lines.size() - MAX_LINES));
    }
    text.append("```\n");
    return this;
  }

  private static String pretty(byte[] answer) {
    try {
      return PRETTY.writeValueAsString(PRETTY.readTree(answer));
    } catch (JacksonException _) {
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  private static String cut(String text) {
    String fixed = MADE_ANEW.matcher(text).replaceAll(match -> quoted(match.group(1)) + "…");
    return HEX.matcher(fixed).replaceAll(match -> quoted(match.group(1)) + "…");
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  /** The section as it is to be. */
  public String text() {
    return text.toString();
  }

  /** The section as the document has it. */
  public String committed(Path root) throws IOException {
    String document = Files.readString(root.resolve(DOCUMENT));
    return document.substring(start(document), end(document));
  }

  /** Puts the section into the document. */
  public void write(Path root) throws IOException {
    String document = Files.readString(root.resolve(DOCUMENT));
    Files.writeString(
        root.resolve(DOCUMENT),
        document.substring(0, start(document)) + text + document.substring(end(document)));
  }

  private int start(String document) {
    String line = "\n" + HEADING + section + "\n";
    int at = document.indexOf(line);
    if (at < 0) {
      throw new IllegalStateException("no section " + section);
    }
    return at + line.length();
  }

  private int end(String document) {
    int next = document.indexOf("\n" + HEADING, start(document));
    return next < 0 ? document.length() : next;
  }
}
