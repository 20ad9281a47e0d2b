package network.calimero.tee.bytes;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Blocks of PEM (RFC 7468), as quotes and PCS answers carry them: LF or CRLF, text around the
 * blocks and a NUL at the end are tolerated, as Intel's library does.
 */
public final class Pem {
  private final String text;
  private final String begin;
  private final String end;
  private int position;

  private Pem(String text, String label) {
    this.text = text;
    this.begin = "-----BEGIN " + label + "-----";
    this.end = "-----END " + label + "-----";
  }

  /**
   * What the blocks of that label hold, in their order; may be none.
   *
   * @throws MalformedException if there are more than {@code max}, or one has no end or is not
   *     base64
   */
  public static List<Bytes> blocks(String text, String label, int max) throws MalformedException {
    Pem pem = new Pem(text, label);
    List<Bytes> blocks = new ArrayList<>();
    for (Optional<Bytes> block = pem.next(); block.isPresent(); block = pem.next()) {
      if (blocks.size() == max) {
        throw new MalformedException(
            "more than %d %ss".formatted(max, label.toLowerCase(Locale.ROOT)));
      }
      blocks.add(block.get());
    }
    return blocks;
  }

  /**
   * What the first block of that label holds; empty if there is none. What follows is not read.
   *
   * @throws MalformedException if the block has no end or is not base64
   */
  public static Optional<Bytes> first(String text, String label) throws MalformedException {
    return new Pem(text, label).next();
  }

  private Optional<Bytes> next() throws MalformedException {
    int at = text.indexOf(begin, position);
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + begin.length();
    int to = text.indexOf(end, from);
    if (to < 0) {
      throw new MalformedException("PEM block without its end");
    }
    position = to + end.length();
    return Optional.of(decoded(text.substring(from, to)));
  }

  private static Bytes decoded(String body) throws MalformedException {
    StringBuilder base64 = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
        base64.append(c);
      }
    }
    try {
      return Bytes.owning(Base64.getDecoder().decode(base64.toString()));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("PEM block is not base64");
    }
  }
}
