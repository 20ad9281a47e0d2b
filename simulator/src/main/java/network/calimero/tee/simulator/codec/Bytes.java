package network.calimero.tee.simulator.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Small helpers over byte arrays, all little-endian where order matters. */
public final class Bytes {
  private static final HexFormat HEX = HexFormat.of();

  private Bytes() {}

  /** The parts one after another. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Lower-case hex. */
  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** Upper-case hex, as Intel's documents write identifiers. */
  public static String upperHex(byte[] bytes) {
    return HEX.withUpperCase().formatHex(bytes);
  }

  /** Bytes of hex text in either case. */
  public static byte[] unhex(String hex) {
    return HEX.parseHex(hex);
  }

  /** The low {@code size} bytes of a number, lowest first. */
  public static byte[] littleEndian(long value, int size) {
    byte[] out = new byte[size];
    for (int i = 0; i < size; i++) {
      out[i] = (byte) (value >>> (8 * i));
    }
    return out;
  }

  /** The number that bytes spell, lowest first; at most 8 bytes. */
  public static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  /** Security version numbers, one byte each, as in CPUSVN and TEE_TCB_SVN. */
  public static byte[] ofSvns(List<Integer> svns) {
    byte[] out = new byte[svns.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (int) svns.get(i);
    }
    return out;
  }

  /** A copy padded with zeros on the right, or cut, to {@code size} bytes. */
  public static byte[] fit(byte[] bytes, int size) {
    return Arrays.copyOf(bytes, size);
  }

  /** A copy with one bit of one byte flipped: the smallest damage there is. */
  public static byte[] flip(byte[] bytes, int index) {
    byte[] out = bytes.clone();
    out[index] ^= 1;
    return out;
  }

  /** A copy with a bit, counted from the lowest of the first byte, set or cleared. */
  public static byte[] withBit(byte[] bytes, int bit, boolean on) {
    byte[] out = bytes.clone();
    int mask = 1 << (bit % 8);
    out[bit / 8] = (byte) (on ? out[bit / 8] | mask : out[bit / 8] & ~mask);
    return out;
  }
}
