package network.calimero.tee.bytes;

/** A {@link ByteReader} was asked for more bytes than its range has left. */
public final class EndOfBytesException extends Exception {
  private final String what;
  private final int offset;
  private final long wanted;
  private final int available;

  EndOfBytesException(String what, int offset, long wanted, int available) {
    super("%s at byte %d needs %d bytes; %d are left".formatted(what, offset, wanted, available));
    this.what = what;
    this.offset = offset;
    this.wanted = wanted;
    this.available = available;
  }

  /** The field that was being read. */
  public String what() {
    return what;
  }

  /** Where it starts, in bytes from the start of the outermost range. */
  public int offset() {
    return offset;
  }

  /** How many bytes it needs. */
  public long wanted() {
    return wanted;
  }

  /** How many there are. */
  public int available() {
    return available;
  }
}
