package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import network.calimero.tee.bytes.Bytes;

/** Writes binary logs, good and bad. */
public final class RawCcel {
  static final int SHA384 = 0x0c;
  static final int SHA256 = 0x0b;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A good log: an event in each register. */
  public static Bytes good() {
    RawCcel log = sha384();
    for (int register = 0; register <= 4; register++) {
      log.event(register, 1, register);
    }
    return log.bytes();
  }

  /** With a header that lists only SHA-384. */
  static RawCcel sha384() {
    return new RawCcel().header(SHA384, 48);
  }

  /** With pairs of algorithm and size. */
  RawCcel header(int... algorithms) {
    return header(3, "Spec ID Event03\0", algorithms.length / 2, algorithms);
  }

  RawCcel header(int type, String signature, int count, int... algorithms) {
    u32(1).u32(type).zeros(20);
    u32(16 + 8 + 4 + 2 * algorithms.length + 1);
    bytes.writeBytes(signature.getBytes(US_ASCII));
    zeros(8).u32(count);
    for (int number : algorithms) {
      u16(number);
    }
    return zeros(1);
  }

  /** An event with one SHA-384 digest of that byte, and a payload of two bytes. */
  RawCcel event(int register, long type, int digest) {
    return u32(register).u32(type).u32(1).digest(SHA384, 48, digest).u32(2).zeros(2);
  }

  RawCcel digest(int algorithm, int size, int value) {
    u16(algorithm);
    return fill(size, value);
  }

  RawCcel u16(int value) {
    bytes.write(value);
    bytes.write(value >>> 8);
    return this;
  }

  RawCcel u32(long value) {
    return u16((int) value & 0xffff).u16((int) (value >>> 16) & 0xffff);
  }

  RawCcel zeros(int count) {
    return fill(count, 0);
  }

  RawCcel fill(int count, int value) {
    for (int i = 0; i < count; i++) {
      bytes.write(value);
    }
    return this;
  }

  Bytes bytes() {
    return Bytes.of(bytes.toByteArray());
  }
}
