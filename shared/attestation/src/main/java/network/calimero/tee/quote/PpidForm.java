package network.calimero.tee.quote;

/** The forms in which certification data carries a platform's PPID (dcap.md, "Quote"). */
public enum PpidForm {
  /** Type 1: as it is. */
  PLAIN(1, 16, 16),
  /** Type 2: encrypted with RSA-2048-OAEP; the field can have room for RSA-3072. */
  RSA_2048_OAEP(2, 256, 384),
  /** Type 3: encrypted with RSA-3072-OAEP. */
  RSA_3072_OAEP(3, 384, 384);

  private final int type;
  private final int ppidSize;
  private final int paddedSize;

  PpidForm(int type, int ppidSize, int paddedSize) {
    this.type = type;
    this.ppidSize = ppidSize;
    this.paddedSize = paddedSize;
  }

  /** The certification data's type. */
  public int type() {
    return type;
  }

  boolean allowsPpidOf(int size) {
    return size == ppidSize || size == paddedSize;
  }
}
