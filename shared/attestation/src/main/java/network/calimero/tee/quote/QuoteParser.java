package network.calimero.tee.quote;

import network.calimero.tee.bytes.ByteReader;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.EndOfBytesException;
import network.calimero.tee.quote.QuoteFormatException.Fault;

/** Reads quotes of all versions, front to back, copying nothing (dcap.md, "Quote"). */
final class QuoteParser {
  private static final int OUTER_QE_REPORT = 6;

  private final Bytes bytes;
  private final ByteReader reader;

  private QuoteParser(Bytes bytes) {
    this.bytes = bytes;
    this.reader = new ByteReader(bytes);
  }

  static Quote parse(Bytes bytes) throws QuoteFormatException {
    requireAcceptableSize(bytes.length());
    try {
      return new QuoteParser(bytes).quote();
    } catch (EndOfBytesException e) {
      throw new QuoteFormatException(
          Fault.TRUNCATED,
          e.offset(),
          e.available() + " bytes left",
          "%d bytes (%s)".formatted(e.wanted(), e.what()));
    }
  }

  static void requireAcceptableSize(int size) throws QuoteFormatException {
    if (size > Quote.MAX_SIZE) {
      throw new QuoteFormatException(
          Fault.TOO_LARGE, Quote.MAX_SIZE, size + " bytes", "at most " + Quote.MAX_SIZE);
    }
  }

  private Quote quote() throws QuoteFormatException, EndOfBytesException {
    QuoteHeader header = HeaderParser.header(reader);
    BodyType bodyType = HeaderParser.bodyType(reader, header);
    ReportBody body = body(bodyType, reader.take(bodyType.size(), "body"));
    int signedLength = reader.offset();
    long authSize = reader.u32("size of the auth data");
    ByteReader authData = sized(reader, authSize, "auth data");
    // Bytes left in the auth data after the certification data are no fault: peers accept them.
    SignatureData signatureData = signatureData(header.version(), authData);
    return new Quote(bytes, header, body, signedLength, signatureData, reader.offset());
  }

  private static ReportBody body(BodyType type, Bytes raw) {
    return switch (type) {
      case ENCLAVE_REPORT -> new EnclaveReport(raw);
      case TD_REPORT_10, TD_REPORT_15 -> new TdReport(raw);
    };
  }

  private static SignatureData signatureData(int version, ByteReader authData)
      throws QuoteFormatException, EndOfBytesException {
    Bytes signature = authData.take(SignatureData.P256_SIZE, "quote signature");
    Bytes key = authData.take(SignatureData.P256_SIZE, "attestation key");
    if (version == 3) {
      return certified(signature, key, authData);
    }
    ByteReader outer = outerCertificationData(authData);
    SignatureData all = certified(signature, key, outer);
    if (outer.remaining() != 0) {
      throw new QuoteFormatException(
          Fault.SLACK_IN_OUTER_CERTIFICATION,
          outer.offset(),
          outer.remaining() + " bytes more",
          "its end");
    }
    return all;
  }

  private static ByteReader outerCertificationData(ByteReader authData)
      throws QuoteFormatException, EndOfBytesException {
    int at = authData.offset();
    int type = authData.u16("type of the outer certification data");
    if (type != OUTER_QE_REPORT) {
      throw new QuoteFormatException(
          Fault.UNSUPPORTED_OUTER_CERTIFICATION_TYPE,
          at,
          "type " + type,
          "type " + OUTER_QE_REPORT);
    }
    long size = authData.u32("size of the outer certification data");
    return sized(authData, size, "outer certification data");
  }

  private static SignatureData certified(Bytes signature, Bytes key, ByteReader in)
      throws QuoteFormatException, EndOfBytesException {
    Bytes qeReport = in.take(BodyType.ENCLAVE_REPORT.size(), "QE report");
    Bytes qeSignature = in.take(SignatureData.P256_SIZE, "signature of the QE report");
    int qeAuthSize = in.u16("size of the QE auth data");
    requireInside(in, qeAuthSize, "QE auth data");
    Bytes qeAuthData = in.take(qeAuthSize, "QE auth data");
    return new SignatureData(
        signature,
        key,
        new EnclaveReport(qeReport),
        qeSignature,
        qeAuthData,
        certificationData(in));
  }

  private static CertificationData certificationData(ByteReader in)
      throws QuoteFormatException, EndOfBytesException {
    int at = in.offset();
    int type = in.u16("type of the certification data");
    long size = in.u32("size of the certification data");
    requireInside(in, size, "certification data");
    Bytes data = in.take(size, "certification data");
    return switch (type) {
      case 1 -> new CertificationData.Ppid(PpidForm.PLAIN, data);
      case 2 -> new CertificationData.Ppid(PpidForm.RSA_2048_OAEP, data);
      case 3 -> new CertificationData.Ppid(PpidForm.RSA_3072_OAEP, data);
      case 4 -> new CertificationData.PckLeaf(data);
      case 5 -> new CertificationData.PckChain(data);
      case 7 -> new CertificationData.PlatformManifest(data);
      default ->
          throw new QuoteFormatException(
              Fault.UNSUPPORTED_CERTIFICATION_TYPE,
              at,
              "type " + type,
              "type 1, 2 or 3 (PPID), 4 (PCK certificate) or 5 (PCK chain)");
    };
  }

  private static ByteReader sized(ByteReader in, long size, String what)
      throws QuoteFormatException, EndOfBytesException {
    requireInside(in, size, what);
    return in.sub(size, what);
  }

  private static void requireInside(ByteReader in, long size, String what)
      throws QuoteFormatException {
    if (size > in.remaining()) {
      throw new QuoteFormatException(
          Fault.SIZE_PAST_END,
          in.offset(),
          "%s of %d bytes".formatted(what, size),
          "at most the %d that are left there".formatted(in.remaining()));
    }
  }
}
