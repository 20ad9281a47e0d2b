package network.calimero.tee.quote;

import network.calimero.tee.bytes.ByteReader;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.EndOfBytesException;
import network.calimero.tee.quote.QuoteFormatException.Fault;

/** Reads a quote's header, and which body follows it (dcap.md, "Quote"). */
final class HeaderParser {
  private static final int ECDSA_P256 = 2;
  private static final int TD_REPORT_15EX = 4;
  private static final Bytes INTEL = Bytes.fromHex("939a7233f79c4ca9940a0db3957f0607");

  private HeaderParser() {}

  static QuoteHeader header(ByteReader in) throws QuoteFormatException, EndOfBytesException {
    int version = in.u16("version");
    if (version < 3 || version > 5) {
      throw new QuoteFormatException(
          Fault.UNSUPPORTED_VERSION, 0, "version " + version, "version 3, 4 or 5");
    }
    int keyAt = in.offset();
    int keyType = in.u16("attestation key type");
    if (keyType != ECDSA_P256) {
      throw new QuoteFormatException(
          Fault.UNSUPPORTED_ATTESTATION_KEY_TYPE,
          keyAt,
          "type " + keyType,
          "type 2 (ECDSA-256-with-P-256)");
    }
    TeeType teeType = teeType(in, version);
    int qeSvn = in.u16("QE SVN");
    int pceSvn = in.u16("PCE SVN");
    Bytes vendor = vendor(in);
    Bytes userData = in.take(20, "user data");
    return new QuoteHeader(version, keyType, teeType, qeSvn, pceSvn, vendor, userData);
  }

  private static TeeType teeType(ByteReader in, int version)
      throws QuoteFormatException, EndOfBytesException {
    int at = in.offset();
    long code = in.u32("TEE type");
    for (TeeType type : TeeType.values()) {
      if (type.code() == code) {
        requireAllowed(type, version, at);
        return type;
      }
    }
    throw new QuoteFormatException(
        Fault.UNSUPPORTED_TEE_TYPE, at, "0x%x".formatted(code), "0x0 (SGX) or 0x81 (TDX)");
  }

  /** SGX in version 4 is read, to be looked at; the verifier refuses it (dcap.md, "Quote"). */
  private static void requireAllowed(TeeType type, int version, int at)
      throws QuoteFormatException {
    if (version == 3 && type != TeeType.SGX) {
      throw new QuoteFormatException(
          Fault.TEE_NOT_ALLOWED_IN_VERSION,
          at,
          "%s in version %d".formatted(type, version),
          "SGX, the only one in version 3");
    }
  }

  private static Bytes vendor(ByteReader in) throws QuoteFormatException, EndOfBytesException {
    int at = in.offset();
    Bytes vendor = in.take(INTEL.length(), "QE vendor ID");
    if (!vendor.equals(INTEL)) {
      throw new QuoteFormatException(Fault.UNKNOWN_QE_VENDOR, at, vendor.hex(), INTEL.hex());
    }
    return vendor;
  }

  static BodyType bodyType(ByteReader in, QuoteHeader header)
      throws QuoteFormatException, EndOfBytesException {
    return switch (header.version()) {
      case 3 -> BodyType.ENCLAVE_REPORT;
      case 4 -> header.teeType() == TeeType.TDX ? BodyType.TD_REPORT_10 : BodyType.ENCLAVE_REPORT;
      default -> describedBody(in, header.teeType());
    };
  }

  private static BodyType describedBody(ByteReader in, TeeType teeType)
      throws QuoteFormatException, EndOfBytesException {
    int at = in.offset();
    BodyType type = bodyType(in.u16("body type"), at);
    if (type.teeType() != teeType) {
      throw new QuoteFormatException(
          Fault.BODY_OF_OTHER_TEE,
          at,
          "%s in a quote for %s".formatted(type, teeType),
          "a body of " + teeType);
    }
    int sizeAt = in.offset();
    long size = in.u32("body size");
    if (size != type.size()) {
      throw new QuoteFormatException(
          Fault.BODY_SIZE_MISMATCH,
          sizeAt,
          size + " bytes",
          "%d bytes (%s)".formatted(type.size(), type));
    }
    return type;
  }

  private static BodyType bodyType(int code, int at) throws QuoteFormatException {
    for (BodyType type : BodyType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw new QuoteFormatException(
        Fault.UNSUPPORTED_BODY_TYPE,
        at,
        code == TD_REPORT_15EX ? "type 4 (TD_REPORT15EX, which is not read here)" : "type " + code,
        "type 1 (SGX enclave report), 2 (TD report 1.0) or 3 (TD report 1.5)");
  }
}
