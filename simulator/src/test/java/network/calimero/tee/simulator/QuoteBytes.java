package network.calimero.tee.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A quote taken apart by the offsets of dcap.md, independently of how the simulator writes it. */
final class QuoteBytes {
  private final byte[] quote;
  private final int auth;
  private final int qe;

  QuoteBytes(byte[] quote) {
    this.quote = quote;
    int version = u16(0);
    auth =
        switch (version) {
          case 3 -> 48 + 384;
          case 4 -> 48 + 584;
          default -> 48 + 6 + (int) u32(50);
        };
    qe = auth + 4 + 128 + (version == 3 ? 0 : 6);
  }

  int u16(int offset) {
    return view().getShort(offset) & 0xffff;
  }

  long u32(int offset) {
    return view().getInt(offset) & 0xffffffffL;
  }

  byte[] at(int offset, int size) {
    return Arrays.copyOfRange(quote, offset, offset + size);
  }

  byte[] signedPart() {
    return at(0, auth);
  }

  int authSize() {
    return (int) u32(auth);
  }

  int trailing() {
    return quote.length - auth - 4 - authSize();
  }

  byte[] signature() {
    return at(auth + 4, 64);
  }

  byte[] attestationKey() {
    return at(auth + 68, 64);
  }

  int outerType() {
    return u16(auth + 132);
  }

  int outerSize() {
    return (int) u32(auth + 134);
  }

  byte[] qeReport() {
    return at(qe, 384);
  }

  byte[] qeReportSignature() {
    return at(qe + 384, 64);
  }

  byte[] qeAuthData() {
    return at(qe + 450, u16(qe + 448));
  }

  int certificationType() {
    return u16(certification());
  }

  byte[] certificationData() {
    return at(certification() + 6, (int) u32(certification() + 2));
  }

  private int certification() {
    return qe + 450 + u16(qe + 448);
  }

  private ByteBuffer view() {
    return ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
  }
}
