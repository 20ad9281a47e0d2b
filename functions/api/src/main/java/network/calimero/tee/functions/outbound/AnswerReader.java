package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.OutboundFault.PEER_ANSWER_COMPRESSED;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_ANSWER_MALFORMED;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_CONTENT_TYPE;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_REDIRECTS;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;

/**
 * Reads one answer of HTTP/1.1 (RFC 9112) from whoever is at the other end: strictly, and no more
 * than is wanted.
 */
final class AnswerReader {
  private static final int MAX_INTERIM = 4;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

  private final HeadReader head;
  private final BodyReader body;

  AnswerReader(InputStream in, int maxBody) {
    this.head = new HeadReader(in);
    this.body = new BodyReader(in, head, maxBody);
  }

  OutboundAnswer read(OutboundRequest request) throws IOException, OutboundException {
    int status = status();
    Headers headers = head.fields();
    for (int i = 0; status / 100 == 1; i++) {
      if (i == MAX_INTERIM || status == 101) {
        throw malformed("the answer is preceded by others without end");
      }
      status = status();
      headers = head.fields();
    }
    if (status / 100 == 3) {
      throw new OutboundException(PEER_REDIRECTS, "the host answered with status " + status);
    }
    if (status / 100 != 2) {
      return new OutboundAnswer(status, headers, Bytes.EMPTY);
    }
    check(request, status, headers);
    return new OutboundAnswer(status, headers, body.read(headers));
  }

  private int status() throws IOException, OutboundException {
    Matcher line = STATUS_LINE.matcher(head.line());
    if (!line.matches()) {
      throw malformed("the answer has no status line");
    }
    return Integer.parseInt(line.group(1));
  }

  private static void check(OutboundRequest request, int status, Headers headers)
      throws OutboundException {
    String encoding = headers.find("Content-Encoding").orElse("identity");
    if (!encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
      throw new OutboundException(PEER_ANSWER_COMPRESSED, "the answer is compressed");
    }
    if (status == 204 || !request.accepts(headers.find("Content-Type").orElse(""))) {
      throw new OutboundException(
          PEER_CONTENT_TYPE, "the answer is not of the type that was asked for");
    }
  }

  static OutboundException malformed(String found) {
    return new OutboundException(PEER_ANSWER_MALFORMED, found);
  }
}
