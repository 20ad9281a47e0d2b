package network.calimero.tee.bytes;

/**
 * A cursor over a range of bytes that reads little-endian numbers and sub-ranges, and never past
 * the range's end. Bounds are checked by subtraction, so that no size can overflow them; nothing is
 * copied or allocated by a size.
 *
 * <p>Every read names what it reads, for the failure to say which field the bytes ended in.
 */
public final class ByteReader {
  private final Bytes range;
  private final int base;
  private int position;

  /** A reader over all of {@code range}, whose offsets count from its start. */
  public ByteReader(Bytes range) {
    this(range, 0);
  }

  private ByteReader(Bytes range, int base) {
    this.range = range;
    this.base = base;
  }

  /** Where the next read starts, in bytes from the start of the outermost range. */
  public int offset() {
    return base + position;
  }

  /** How many bytes of this range are left. */
  public int remaining() {
    return range.length() - position;
  }

  /**
   * The next {@code size} bytes.
   *
   * @throws EndOfBytesException if fewer are left, or {@code size} is negative
   */
  public Bytes take(long size, String what) throws EndOfBytesException {
    int from = advance(size, what);
    return range.slice(from, position);
  }

  /**
   * A reader over the next {@code size} bytes, which this one then is past.
   *
   * @throws EndOfBytesException if fewer are left, or {@code size} is negative
   */
  public ByteReader sub(long size, String what) throws EndOfBytesException {
    int from = advance(size, what);
    return new ByteReader(range.slice(from, position), base + from);
  }

  /**
   * The next byte, 0 to 255.
   *
   * @throws EndOfBytesException if none is left
   */
  public int u8(String what) throws EndOfBytesException {
    return range.byteAt(advance(1, what));
  }

  /**
   * The next two bytes as a little-endian number, 0 to 65,535.
   *
   * @throws EndOfBytesException if fewer are left
   */
  public int u16(String what) throws EndOfBytesException {
    int from = advance(2, what);
    return range.byteAt(from) | range.byteAt(from + 1) << 8;
  }

  /**
   * The next four bytes as a little-endian number, 0 to 2³²−1.
   *
   * @throws EndOfBytesException if fewer are left
   */
  public long u32(String what) throws EndOfBytesException {
    int from = advance(4, what);
    long low = range.byteAt(from) | range.byteAt(from + 1) << 8 | range.byteAt(from + 2) << 16;
    return low | (long) range.byteAt(from + 3) << 24;
  }

  private int advance(long size, String what) throws EndOfBytesException {
    if (size < 0 || size > remaining()) {
      throw new EndOfBytesException(what, offset(), size, remaining());
    }
    int from = position;
    position += (int) size;
    return from;
  }
}
