package network.calimero.tee.functions.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fuzz.Genuine;

/** What strangers name as their host, and what such a host answers. */
public final class OutboundReader {
  private static final int MAX_BODY = 10_000;

  private OutboundReader() {}

  /** An answer of HTTP, byte by byte. */
  public static void answer(Bytes bytes) throws OutboundException {
    OutboundRequest request = OutboundRequest.get(OutboundUrl.parse("https://host.example"));
    try {
      OutboundAnswer answer =
          new AnswerReader(new ByteArrayInputStream(bytes.toArray()), MAX_BODY).read(request);
      if (answer.body().length() > Math.min(MAX_BODY, bytes.length())) {
        throw new AssertionError("a body that is larger than it may be");
      }
    } catch (IOException _) {
      // The connection ended too early.
    }
  }

  /** A URL; what is written of it reads as the same. */
  public static void url(Bytes bytes) throws OutboundException {
    OutboundUrl url = OutboundUrl.parse(Genuine.text(bytes));
    if (!OutboundUrl.parse(url.toString()).equals(url)) {
      throw new AssertionError("another URL than what was read: " + url);
    }
  }
}
