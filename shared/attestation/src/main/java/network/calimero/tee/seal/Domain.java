package network.calimero.tee.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;

/** Byte strings that begin with what they are for, as kms-protocol.md joins them. */
final class Domain {
  private Domain() {}

  /** The text in ASCII, then the parts, with nothing in between. */
  static Bytes join(String domain, Bytes... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(domain.getBytes(StandardCharsets.US_ASCII));
    for (Bytes part : parts) {
      joined.writeBytes(part.toArray());
    }
    return Bytes.of(joined.toByteArray());
  }
}
