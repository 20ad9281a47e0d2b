package network.calimero.tee.simulator.quote;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.jspecify.annotations.Nullable;

/**
 * A quote before it is signed, in the true format (dcap.md, "Quote"). It starts as a genuine
 * quoting enclave would fill it; every field, size, signature and hash can then be changed. Hooks
 * that take a function run on the finished part, after what it depends on was computed and before
 * what depends on it is.
 */
public final class QuoteBuilder {
  private static final int NESTED_TYPE = 6;
  private static final byte[] INTEL_QE_VENDOR_ID = Bytes.unhex("939a7233f79c4ca9940a0db3957f0607");

  private final FixedLayout<HeaderField> header = new FixedLayout<>(HeaderField.class);
  private final FixedLayout<TdField> td = new FixedLayout<>(TdField.class);
  private final FixedLayout<EnclaveField> enclave = new FixedLayout<>(EnclaveField.class);
  private final FixedLayout<EnclaveField> qeReport;
  private QuoteFormat format = QuoteFormat.TDX_V4;
  private SimulatedKey attestationKey;
  private SimulatedKey pckKey;
  private byte[] qeAuthData;
  private CertificationData certification;
  private @Nullable Integer bodyType;
  private @Nullable Long bodySize;
  private @Nullable Long authSize;
  private int outerType = NESTED_TYPE;
  private @Nullable Long outerSize;
  private byte[] outerSlack = new byte[0];
  private byte[] authSlack = new byte[0];
  private byte[] trailing = new byte[0];
  private UnaryOperator<byte[]> body = UnaryOperator.identity();
  private UnaryOperator<byte[]> signedPart = UnaryOperator.identity();
  private UnaryOperator<byte[]> publicKey = UnaryOperator.identity();
  private UnaryOperator<byte[]> quoteSignature = UnaryOperator.identity();
  private UnaryOperator<byte[]> qeReportData = UnaryOperator.identity();
  private UnaryOperator<byte[]> signedQeReport = UnaryOperator.identity();
  private UnaryOperator<byte[]> qeReportSignature = UnaryOperator.identity();
  private UnaryOperator<byte[]> encodedCertification = UnaryOperator.identity();

  QuoteBuilder(
      SimulatedKey attestationKey,
      SimulatedKey pckKey,
      FixedLayout<EnclaveField> qeReport,
      byte[] qeAuthData,
      CertificationData certification) {
    this.attestationKey = attestationKey;
    this.pckKey = pckKey;
    this.qeReport = qeReport;
    this.qeAuthData = qeAuthData.clone();
    this.certification = certification;
    header.set(HeaderField.ATTESTATION_KEY_TYPE, 2);
    header.set(HeaderField.QE_VENDOR_ID, INTEL_QE_VENDOR_ID);
    format(format);
  }

  /** Version, body and nesting; set first, because it sets the header's version and TEE type. */
  public QuoteBuilder format(QuoteFormat value) {
    format = value;
    header.set(HeaderField.VERSION, value.version());
    header.set(HeaderField.TEE_TYPE, value.teeType());
    return this;
  }

  /** Changes header fields. */
  public QuoteBuilder header(Consumer<FixedLayout<HeaderField>> change) {
    change.accept(header);
    return this;
  }

  /** Changes fields of the TD report. */
  public QuoteBuilder td(Consumer<FixedLayout<TdField>> change) {
    change.accept(td);
    return this;
  }

  /** Changes fields of the enclave report that an SGX quote is about. */
  public QuoteBuilder enclave(Consumer<FixedLayout<EnclaveField>> change) {
    change.accept(enclave);
    return this;
  }

  /** Changes fields of the quoting enclave's own report; its report data comes later. */
  public QuoteBuilder qeReport(Consumer<FixedLayout<EnclaveField>> change) {
    change.accept(qeReport);
    return this;
  }

  /** The body type in the descriptor of version 5, whatever the body is. */
  public QuoteBuilder bodyType(int type) {
    bodyType = type;
    return this;
  }

  /** The body size in the descriptor of version 5, whatever the body has. */
  public QuoteBuilder bodySize(long size) {
    bodySize = size;
    return this;
  }

  /** Changes the encoded body before it is signed, its length too. */
  public QuoteBuilder body(UnaryOperator<byte[]> change) {
    body = change;
    return this;
  }

  /** Changes header and body after they were signed. */
  public QuoteBuilder afterSigning(UnaryOperator<byte[]> change) {
    signedPart = change;
    return this;
  }

  /** The key that signs the quote. */
  public QuoteBuilder attestationKey(SimulatedKey key) {
    attestationKey = key;
    return this;
  }

  /** Changes the attestation public key as written and hashed; the signing key stays. */
  public QuoteBuilder publicKey(UnaryOperator<byte[]> change) {
    publicKey = change;
    return this;
  }

  /** Changes the quote signature (r‖s, 64 bytes). */
  public QuoteBuilder quoteSignature(UnaryOperator<byte[]> change) {
    quoteSignature = change;
    return this;
  }

  /** The key that signs the QE report, normally that of the PCK certificate. */
  public QuoteBuilder pckKey(SimulatedKey key) {
    pckKey = key;
    return this;
  }

  /** Changes the QE report's report data: 32 bytes of hash, 32 zero; signed as changed. */
  public QuoteBuilder qeReportData(UnaryOperator<byte[]> change) {
    qeReportData = change;
    return this;
  }

  /** Changes the QE report after it was signed. */
  public QuoteBuilder qeReportAfterSigning(UnaryOperator<byte[]> change) {
    signedQeReport = change;
    return this;
  }

  /** Changes the QE report's signature (r‖s, 64 bytes). */
  public QuoteBuilder qeReportSignature(UnaryOperator<byte[]> change) {
    qeReportSignature = change;
    return this;
  }

  /** The quoting enclave's authentication data, of any length to 65,535. */
  public QuoteBuilder qeAuthData(byte[] data) {
    qeAuthData = data.clone();
    return this;
  }

  /** The (inner) certification data. */
  public QuoteBuilder certification(CertificationData data) {
    certification = data;
    return this;
  }

  /** Changes the encoded certification data: type u16, size u32, bytes. */
  public QuoteBuilder encodedCertification(UnaryOperator<byte[]> change) {
    encodedCertification = change;
    return this;
  }

  /** The type of the outer certification data of versions 4 and 5, normally 6. */
  public QuoteBuilder outerType(int type) {
    outerType = type;
    return this;
  }

  /** The outer certification data's size as claimed. */
  public QuoteBuilder outerSize(long size) {
    outerSize = size;
    return this;
  }

  /** Bytes inside the outer certification data, behind the inner. */
  public QuoteBuilder outerSlack(byte[] bytes) {
    outerSlack = bytes.clone();
    return this;
  }

  /** Bytes inside the authentication data, behind the certification data. */
  public QuoteBuilder authSlack(byte[] bytes) {
    authSlack = bytes.clone();
    return this;
  }

  /** The authentication data's size as claimed. */
  public QuoteBuilder authSize(long size) {
    authSize = size;
    return this;
  }

  /** Bytes behind the end of the quote. */
  public QuoteBuilder trailing(byte[] bytes) {
    trailing = bytes.clone();
    return this;
  }

  /** Hashes, signs and encodes. */
  public byte[] build() {
    byte[] toSign = Bytes.concat(header.encode(), encodedBody());
    byte[] writtenKey = publicKey.apply(attestationKey.publicKey());
    byte[] signature = quoteSignature.apply(attestationKey.sign(toSign));
    byte[] auth =
        Bytes.concat(signature, writtenKey, nested(qeCertification(writtenKey)), authSlack);
    long size = authSize == null ? auth.length : authSize;
    return Bytes.concat(signedPart.apply(toSign), Bytes.littleEndian(size, 4), auth, trailing);
  }

  private byte[] encodedBody() {
    byte[] report =
        switch (format) {
          case SGX_V3 -> enclave.encode();
          case TDX_V4, TDX_V5_TD10 -> td.encode(TdField.TD10);
          case TDX_V5_TD15 -> td.encode(TdField.TD15);
        };
    report = body.apply(report);
    if (format.bodyType() == 0) {
      return report;
    }
    int type = bodyType == null ? format.bodyType() : bodyType;
    long size = bodySize == null ? report.length : bodySize;
    return Bytes.concat(Bytes.littleEndian(type, 2), Bytes.littleEndian(size, 4), report);
  }

  /** QE report, its signature, QE authentication data, certification data. */
  private byte[] qeCertification(byte[] writtenKey) {
    byte[] binding = Bytes.fit(Hash.sha256(writtenKey, qeAuthData), 64);
    qeReport.set(EnclaveField.REPORT_DATA, qeReportData.apply(binding));
    byte[] report = qeReport.encode();
    byte[] signature = qeReportSignature.apply(pckKey.sign(report));
    return Bytes.concat(
        signedQeReport.apply(report),
        signature,
        Bytes.littleEndian(qeAuthData.length, 2),
        qeAuthData,
        encodedCertification.apply(certification.encode()));
  }

  private byte[] nested(byte[] qeCertification) {
    if (format.isSgx()) {
      return qeCertification;
    }
    byte[] data = Bytes.concat(qeCertification, outerSlack);
    long size = outerSize == null ? data.length : outerSize;
    return Bytes.concat(Bytes.littleEndian(outerType, 2), Bytes.littleEndian(size, 4), data);
  }
}
