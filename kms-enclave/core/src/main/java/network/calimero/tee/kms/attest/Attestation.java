package network.calimero.tee.kms.attest;

import java.util.Arrays;
import java.util.Optional;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;

/**
 * Answers {@code /attest}: lets a caller see what this key server is (kms-protocol.md, POST
 * /attest). Safe for use by several threads.
 */
public final class Attestation {
  private static final int HALF_SIZE = 32;
  private static final String DEFAULT_BINDING_TEXT = "mero-kms-phala-attest-v1";

  private final QuoteSource source;
  private final WorkGate gate;

  /**
   * Hands out quotes of a platform.
   *
   * @param gate bounds how many quotes are asked for at a time, so that strangers who ask for
   *     quotes do not keep the platform from deriving keys
   */
  public Attestation(QuoteSource source, WorkGate gate) {
    this.source = source;
    this.gate = gate;
  }

  /**
   * A quote over the caller's nonce.
   *
   * @throws KmsException {@code invalid_attestation_request}, or {@code
   *     attestation_verification_failed} if the platform gives no quote or one over other data
   */
  public AttestAnswer attest(AttestRequest request) throws KmsException {
    if (request.transportKey()) {
      throw new KmsException(
          KmsError.INVALID_ATTESTATION_REQUEST,
          "transportKey: this version of the KMS has no transport key yet");
    }
    byte[] reportData = Arrays.copyOf(half("nonceB64", request.nonceB64()), ReportData.SIZE);
    byte[] binding = binding(request.bindingB64());
    System.arraycopy(binding, 0, reportData, HALF_SIZE, HALF_SIZE);
    return quote(ReportData.of(reportData));
  }

  private static byte[] binding(Optional<String> base64) throws KmsException {
    return base64.isPresent()
        ? half("bindingB64", base64.get())
        : Sha256.of(DEFAULT_BINDING_TEXT).toArray();
  }

  private static byte[] half(String field, String base64) throws KmsException {
    byte[] bytes;
    try {
      bytes = StrictBase64.decode(base64, HALF_SIZE);
    } catch (IllegalArgumentException e) {
      throw new KmsException(KmsError.INVALID_ATTESTATION_REQUEST, field + ": " + e.getMessage());
    }
    if (bytes.length != HALF_SIZE) {
      throw new KmsException(
          KmsError.INVALID_ATTESTATION_REQUEST,
          "%s: %d bytes, expected %d".formatted(field, bytes.length, HALF_SIZE));
    }
    return bytes;
  }

  private AttestAnswer quote(ReportData reportData) throws KmsException {
    PlatformQuote given = gate.pass(() -> askPlatform(reportData));
    ReportData found;
    try {
      found = Quote.parse(given.quote()).body().reportData();
    } catch (QuoteFormatException e) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave something that is not a quote",
          e);
    }
    if (!found.equals(reportData)) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave a quote over other report_data than asked for");
    }
    return new AttestAnswer(given, reportData);
  }

  private PlatformQuote askPlatform(ReportData reportData) throws KmsException {
    try {
      return source.quote(reportData);
    } catch (QuoteUnavailableException e) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave no quote; the operator's log says why",
          e);
    }
  }
}
