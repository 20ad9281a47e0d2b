package network.calimero.tee.release.document;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.release.asset.Asset;

/**
 * Lines as {@code sha256sum} writes them: {@code <hex> <file>}.
 *
 * @param digests SHA-256 by file name, without its folder; in their order, at least one
 */
public record Checksums(Map<String, Bytes> digests) {
  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64})[ \t]+\\*?(\\S+)");
  private static final int MAX_LINES = 1000;

  /** Copies. */
  public Checksums {
    digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
  }

  /**
   * Reads them.
   *
   * @throws MalformedException if a line is something else, a file comes twice, or there is none
   */
  public static Checksums parse(Bytes text) throws MalformedException {
    Map<String, Bytes> digests = new LinkedHashMap<>();
    int number = 0;
    for (String line : new String(text.toArray(), StandardCharsets.ISO_8859_1).lines().toList()) {
      number++;
      if (number > MAX_LINES) {
        throw new MalformedException("more than " + MAX_LINES + " lines");
      }
      if (!line.isBlank()) {
        add(digests, line.strip(), number);
      }
    }
    if (digests.isEmpty()) {
      throw new MalformedException("it lists no file");
    }
    return new Checksums(digests);
  }

  private static void add(Map<String, Bytes> digests, String line, int number)
      throws MalformedException {
    Matcher form = LINE.matcher(line);
    if (!form.matches()) {
      throw new MalformedException("line %d is not \"<SHA-256>  <file>\"".formatted(number));
    }
    String name = form.group(2).substring(form.group(2).lastIndexOf('/') + 1);
    if (!Asset.isName(name)) {
      throw new MalformedException("line %d names no file of a release".formatted(number));
    }
    if (digests.put(name, Bytes.fromHex(form.group(1))) != null) {
      throw new MalformedException("line %d: %s for the second time".formatted(number, name));
    }
  }

  /** That of one file. */
  public Optional<Bytes> of(String file) {
    return Optional.ofNullable(digests.get(file));
  }
}
