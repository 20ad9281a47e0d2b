package network.calimero.tee.kms.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that are part of the image and so of what is measured (kms-config.md, "What the
 * environment can never do"). What it accepts is what systemd's {@code EnvironmentFile} reads the
 * same way: one {@code NAME=VALUE} per line, of a name set twice the last one; empty lines and
 * lines that begin with {@code #} or {@code ;} say nothing; white space around the value is cut; a
 * value may stand in single or double quotes, all of it. A backslash, a quote inside, white space
 * before {@code #} and what is in no such form are refused, for others read them in other ways.
 *
 * @param path where it is or would be, for messages
 * @param values by name; none if there is no such file
 */
public record MeasuredFile(Path path, Map<String, String> values) {
  private static final int MAX_SIZE = 1 << 20;

  /** What somebody reads: a file with more is another kind of file. */
  private static final int MAX_PROBLEMS = 20;

  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
  private static final Pattern AMBIGUOUS = Pattern.compile("[\\\\'\"]|\\s#");

  /** Keeps a copy. */
  public MeasuredFile {
    values = Map.copyOf(values);
  }

  /** An image without one. */
  static MeasuredFile absent(Path path) {
    return new MeasuredFile(path, Map.of());
  }

  /**
   * Reads it; without values if there is no such file.
   *
   * @throws ConfigurationException if there is one that cannot be read, or with the lines that are
   *     not accepted, twenty of them; never repeats a value
   */
  public static MeasuredFile read(Path path) throws ConfigurationException {
    // Not "if it does not exist": what cannot be looked at may well be there.
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return absent(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return parse(path, in.readNBytes(MAX_SIZE + 1));
    } catch (IOException e) {
      throw refusal(path, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Reads what it holds. */
  static MeasuredFile parse(Path path, byte[] content) throws ConfigurationException {
    if (content.length > MAX_SIZE) {
      throw refusal(path, "is larger than " + MAX_SIZE + " bytes");
    }
    try {
      return parse(
          path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw refusal(path, "is not UTF-8");
    }
  }

  private static MeasuredFile parse(Path path, String content) throws ConfigurationException {
    Map<String, String> values = new HashMap<>();
    List<String> problems = new ArrayList<>();
    String[] lines = content.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (saysNothing(line)) {
        continue;
      }
      Matcher form = ASSIGNMENT.matcher(line);
      Optional<String> value = form.matches() ? value(form.group(2).strip()) : Optional.empty();
      if (value.isPresent()) {
        values.put(form.group(1), value.get());
      } else if (problems.size() == MAX_PROBLEMS) {
        problems.add(
            "%s, line %d: nor is this one accepted, nor perhaps others".formatted(path, i + 1));
        break;
      } else {
        problems.add(
            "%s, line %d: accepted is NAME=VALUE, the value all in quotes or without any, with no"
                    .formatted(path, i + 1)
                + " backslash, control character or comment in it");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new MeasuredFile(path, values);
  }

  /** For systemd a backslash at the end makes the next line a comment too: that is refused. */
  private static boolean saysNothing(String line) {
    boolean comment = line.startsWith("#") || line.startsWith(";");
    return line.isEmpty() || (comment && !line.endsWith("\\"));
  }

  /** Empty if others may read something else in it. */
  private static Optional<String> value(String text) {
    boolean quoted =
        text.length() >= 2
            && (text.startsWith("'") || text.startsWith("\""))
            && text.charAt(0) == text.charAt(text.length() - 1);
    String value = quoted ? text.substring(1, text.length() - 1) : text;
    boolean plain =
        quoted
            ? value.indexOf(text.charAt(0)) < 0 && value.indexOf('\\') < 0
            : !AMBIGUOUS.matcher(" " + value).find();
    boolean printable = value.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t');
    return plain && printable ? Optional.of(value) : Optional.empty();
  }

  private static ConfigurationException refusal(Path path, String problem) {
    return new ConfigurationException(
        List.of(
            "%s, which holds the measured settings, %s; build the image with one that can be read,"
                    .formatted(path, problem)
                + " or with none"));
  }
}
