package network.calimero.tee.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A byte string that cannot change. Slices share the memory of what they were cut from, so cutting
 * costs nothing; arrays are copied on the way in and on the way out.
 *
 * <p>Equality is by content and takes a time that depends on it: not for secrets.
 */
public final class Bytes {
  /** The byte string of length 0. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final int ABBREVIATED_BYTES = 16;

  private final byte[] array;
  private final int start;
  private final int length;

  private Bytes(byte[] array, int start, int length) {
    this.array = array;
    this.start = start;
    this.length = length;
  }

  /** A copy of the whole of {@code source}. */
  public static Bytes of(byte[] source) {
    return new Bytes(source.clone(), 0, source.length);
  }

  /**
   * A copy of {@code source[from..to)}.
   *
   * @throws IndexOutOfBoundsException if that is not a range of {@code source}
   */
  public static Bytes copyOf(byte[] source, int from, int to) {
    Objects.checkFromToIndex(from, to, source.length);
    return new Bytes(Arrays.copyOfRange(source, from, to), 0, to - from);
  }

  /**
   * The bytes that {@code hex} spells, in either case and with nothing around them.
   *
   * @throws IllegalArgumentException if it is anything but an even number of hex digits
   */
  public static Bytes fromHex(String hex) {
    return owning(Hex.decode(hex));
  }

  /** Takes {@code array} as it is; for callers in this package that made it and let go of it. */
  static Bytes owning(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * The byte at {@code index}, 0 to 255.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public int byteAt(int index) {
    return array[start + Objects.checkIndex(index, length)] & 0xff;
  }

  /**
   * The bytes from {@code from} up to, not including, {@code to}, without copying them.
   *
   * @throws IndexOutOfBoundsException if that is not a range of these bytes
   */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new Bytes(array, start + from, to - from);
  }

  /** Whether every byte is zero; true of no bytes at all. */
  public boolean isZero() {
    int bits = 0;
    for (int i = start; i < start + length; i++) {
      bits |= array[i];
    }
    return bits == 0;
  }

  /** Whether these bytes begin with {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    return prefix.length <= length && slice(0, prefix.length).equals(prefix);
  }

  /** A copy in an array of its own. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** A view for reading, from position 0 to {@link #length()}. */
  public ByteBuffer asReadOnly() {
    return ByteBuffer.wrap(array, start, length).slice().asReadOnlyBuffer();
  }

  /** Feeds these bytes to {@code digest} without copying them. */
  public void updateInto(MessageDigest digest) {
    digest.update(array, start, length);
  }

  /** All bytes as lower-case hex. */
  public String hex() {
    return Hex.encode(array, start, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, start, start + length, that.array, that.start, that.start + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** Length and the first bytes, for logs and failures; {@link #hex()} has them all. */
  @Override
  public String toString() {
    return length <= ABBREVIATED_BYTES
        ? hex()
        : slice(0, ABBREVIATED_BYTES).hex() + "… (" + length + " bytes)";
  }
}
