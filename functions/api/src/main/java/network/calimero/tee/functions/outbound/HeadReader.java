package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.AnswerReader.malformed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import network.calimero.tee.functions.api.Headers;

/** Reads lines and header fields, of which there are only so many in one answer. */
final class HeadReader {
  private static final int MAX_SIZE = 16 * 1024;
  private static final int MAX_FIELDS = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final InputStream in;
  private int size;
  private int fields;

  HeadReader(InputStream in) {
    this.in = in;
  }

  /** The next line of the head, without its CR LF, which alone ends it. */
  String line() throws IOException, OutboundException {
    String line = line(in, MAX_SIZE - size);
    size += line.length() + 2;
    return line;
  }

  /**
   * A line.
   *
   * @param max characters
   */
  static String line(InputStream in, int max) throws IOException, OutboundException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the connection ended within a line");
      }
      if (c == '\r') {
        if (in.read() != '\n') {
          throw malformed("a line of the answer ends in a half line end");
        }
        return line.toString();
      }
      if (c == '\n' || c == 0) {
        throw malformed("a line of the answer ends in a half line end, or holds a zero");
      }
      if (line.length() >= max) {
        throw malformed("the answer's head is too long");
      }
      line.append((char) c);
    }
  }

  /** The fields up to the empty line. */
  Headers fields() throws IOException, OutboundException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
        throw malformed("the answer has a header without a proper name");
      }
      if (++fields > MAX_FIELDS) {
        throw malformed("the answer has too many headers");
      }
      all.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return Headers.ofLists(all);
  }
}
