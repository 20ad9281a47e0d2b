package network.calimero.tee.identity;

import java.io.Serial;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A cursor over strict DER: definite, minimal lengths of up to two bytes, nothing left over.
 *
 * <p>Enough for ECDSA signatures and RSA keys, and so small that strangers' bytes meet no general
 * ASN.1 parser.
 */
final class DerReader {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private final int limit;
  private int position;

  DerReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private DerReader(byte[] bytes, int start, int limit) {
    this.bytes = bytes;
    this.position = start;
    this.limit = limit;
  }

  /** A reader of the content of the next element, which must have that tag. */
  DerReader enter(int tag) throws NotDerException {
    if (next() != tag) {
      throw new NotDerException();
    }
    int length = length();
    if (length > limit - position) {
      throw new NotDerException();
    }
    int start = position;
    position += length;
    return new DerReader(bytes, start, position);
  }

  private int length() throws NotDerException {
    int first = next();
    int length =
        switch (first) {
          case 0x81 -> next();
          case 0x82 -> (next() << 8) | next();
          default -> first;
        };
    int minimum =
        switch (first) {
          case 0x81 -> 0x80;
          case 0x82 -> 0x100;
          default -> 0;
        };
    if (length < minimum || (minimum == 0 && length >= 0x80)) {
      throw new NotDerException();
    }
    return length;
  }

  /** The next element as an integer over zero, minimally encoded. */
  BigInteger positiveInteger() throws NotDerException {
    DerReader content = enter(INTEGER);
    byte[] value = Arrays.copyOfRange(bytes, content.position, content.limit);
    boolean padded = value.length > 1 && value[0] == 0 && value[1] >= 0;
    if (value.length == 0 || padded) {
      throw new NotDerException();
    }
    BigInteger integer = new BigInteger(value);
    if (integer.signum() <= 0) {
      throw new NotDerException();
    }
    return integer;
  }

  /** Steps over exactly these bytes. */
  void expect(byte[] expected) throws NotDerException {
    if (expected.length > limit - position
        || !Arrays.equals(
            bytes, position, position + expected.length, expected, 0, expected.length)) {
      throw new NotDerException();
    }
    position += expected.length;
  }

  /** Nothing may be left. */
  void end() throws NotDerException {
    if (position != limit) {
      throw new NotDerException();
    }
  }

  private int next() throws NotDerException {
    if (position >= limit) {
      throw new NotDerException();
    }
    return bytes[position++] & 0xff;
  }

  /** The bytes are not the DER that was expected. */
  static final class NotDerException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    NotDerException() {
      // Strangers can cause it at will: no stack trace, which is most of an exception's cost.
      super("not strict DER", null, false, false);
    }
  }
}
