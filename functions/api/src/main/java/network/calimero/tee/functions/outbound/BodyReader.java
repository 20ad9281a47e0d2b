package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.AnswerReader.malformed;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;

/** Reads a body: of a stated length, in chunks, or up to the connection's end. Bounded always. */
final class BodyReader {
  private static final int MAX_CHUNK_LINE = 256;

  private final InputStream in;
  private final HeadReader head;
  private final int max;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  BodyReader(InputStream in, HeadReader head, int max) {
    this.in = in;
    this.head = head;
    this.max = max;
  }

  Bytes read(Headers headers) throws IOException, OutboundException {
    Optional<String> coding = headers.find("Transfer-Encoding");
    Optional<String> length = headers.find("Content-Length");
    if (coding.isPresent()) {
      if (length.isPresent() || !coding.get().toLowerCase(Locale.ROOT).equals("chunked")) {
        throw malformed("the answer's length is stated twice, or in a coding other than chunked");
      }
      chunks();
    } else if (length.isPresent()) {
      exactly(length(length.get()));
    } else {
      upToTheEnd();
    }
    return Bytes.of(body.toByteArray());
  }

  private int length(String text) throws OutboundException {
    if (!text.matches("[0-9]{1,18}")) {
      throw malformed("the answer's length is no number, or there are several");
    }
    return bounded(Long.parseLong(text));
  }

  /** That many bytes more, if the limit leaves room for them. */
  private int bounded(long count) throws OutboundException {
    if (count > max - body.size()) {
      throw new OutboundException(
          OutboundFault.PEER_ANSWER_TOO_LARGE, "the answer is over " + max + " bytes");
    }
    return (int) count;
  }

  private void exactly(int count) throws IOException {
    byte[] part = in.readNBytes(count);
    if (part.length < count) {
      throw new EOFException("the connection ended within the body");
    }
    body.writeBytes(part);
  }

  private void upToTheEnd() throws IOException, OutboundException {
    byte[] all = in.readNBytes(max + 1);
    body.write(all, 0, bounded(all.length));
  }

  private void chunks() throws IOException, OutboundException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      exactly(size);
      if (in.read() != '\r' || in.read() != '\n') {
        throw malformed("a chunk of the answer does not end where it should");
      }
    }
    head.fields();
  }

  private int chunkSize() throws IOException, OutboundException {
    String line = HeadReader.line(in, MAX_CHUNK_LINE);
    int extension = line.indexOf(';');
    String size = (extension < 0 ? line : line.substring(0, extension)).strip();
    if (!size.matches("[0-9A-Fa-f]{1,15}")) {
      throw malformed("a chunk of the answer has no size");
    }
    return bounded(Long.parseLong(size, 16));
  }
}
