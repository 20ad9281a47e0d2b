package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/**
 * A quote as its bytes say it is: parsed and bounded, proven to be nobody's. Only {@link #parse}
 * makes one.
 *
 * <p>Versions 3 (SGX), 4 (TDX) and 5 (both), as in dcap.md, "Quote".
 */
public final class Quote {
  /**
   * The most bytes that are looked at, what follows the quote included: as many as the 131,072
   * characters of base64 can hold that a node accepts as {@code quoteB64} (kms-protocol.md). Real
   * quotes are of about 5,000 bytes, the largest ones seen under 10,000.
   */
  public static final int MAX_SIZE = 131_072 / 4 * 3;

  private final Bytes bytes;
  private final QuoteHeader header;
  private final ReportBody body;
  private final int signedLength;
  private final SignatureData signatureData;
  private final int declaredLength;

  Quote(
      Bytes bytes,
      QuoteHeader header,
      ReportBody body,
      int signedLength,
      SignatureData signatureData,
      int declaredLength) {
    this.bytes = bytes;
    this.header = header;
    this.body = body;
    this.signedLength = signedLength;
    this.signatureData = signatureData;
    this.declaredLength = declaredLength;
  }

  /**
   * Reads a quote.
   *
   * @param bytes the quote, and possibly bytes after it, which are not read
   * @throws QuoteFormatException if they are not a quote that is supported here
   */
  public static Quote parse(byte[] bytes) throws QuoteFormatException {
    QuoteParser.requireAcceptableSize(bytes.length);
    return parse(Bytes.of(bytes));
  }

  /**
   * Reads a quote without copying its bytes.
   *
   * @param bytes the quote, and possibly bytes after it, which are not read
   * @throws QuoteFormatException if they are not a quote that is supported here
   */
  public static Quote parse(Bytes bytes) throws QuoteFormatException {
    return QuoteParser.parse(bytes);
  }

  /** Everything that was parsed, the bytes after the quote included. */
  public Bytes bytes() {
    return bytes;
  }

  /** The fields that every quote starts with. */
  public QuoteHeader header() {
    return header;
  }

  /** The environment that the quote speaks for. */
  public TeeType teeType() {
    return header.teeType();
  }

  /** What it says about that environment. */
  public ReportBody body() {
    return body;
  }

  /** What {@link SignatureData#signature()} is over: header, descriptor (version 5) and body. */
  public Bytes signedBytes() {
    return bytes.slice(0, signedLength);
  }

  /** Who signed it, as it tells. */
  public SignatureData signatureData() {
    return signatureData;
  }

  /** Where the quote ends by its own account, in bytes. */
  public int declaredLength() {
    return declaredLength;
  }

  /** How many bytes were there after it. They mean nothing, and are not read. */
  public int trailingBytes() {
    return bytes.length() - declaredLength;
  }

  /** Two quotes are equal if all their bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Quote that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "%s quote, version %d, %d bytes".formatted(teeType(), header.version(), declaredLength);
  }
}
