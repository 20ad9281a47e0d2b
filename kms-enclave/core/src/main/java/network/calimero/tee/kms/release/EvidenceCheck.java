package network.calimero.tee.kms.release;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TeeType;

/** Step 6 of kms-protocol.md, POST /get-key: the quote is genuine, and made for this request. */
final class EvidenceCheck {
  private static final Bytes MOCK_MARK =
      Bytes.of("MOCK_TDX_QUOTE_V1".getBytes(StandardCharsets.US_ASCII));

  private final EvidenceVerifier verifier;
  private final WorkGate gate;

  /**
   * Verifies as many quotes at a time as the gate has places; waiting for collateral needs none.
   */
  EvidenceCheck(EvidenceVerifier verifier, WorkGate gate) {
    this.verifier = verifier;
    this.gate = gate;
  }

  Stage.Attested verify(Stage.Authenticated authenticated, Instant now) throws KmsException {
    refuseMock(authenticated.quote());
    Quote quote = parse(authenticated.quote());
    EvidenceVerifier.Endorsed endorsed = endorse(quote, now);
    requireBinding(quote.body().reportData(), authenticated);
    return new Stage.Attested(authenticated, gate.pass(() -> verify(endorsed)));
  }

  private static void refuseMock(Bytes quote) throws KmsException {
    if (quote.startsWith(MOCK_MARK)) {
      throw new KmsException(
          KmsError.MOCK_ATTESTATION_REJECTED,
          "a mock quote proves nothing; this KMS has no code to accept one");
    }
  }

  private static Quote parse(Bytes bytes) throws KmsException {
    Quote quote;
    try {
      quote = Quote.parse(bytes);
    } catch (QuoteFormatException e) {
      throw failed("quoteB64 is not a quote: " + e.getMessage(), e);
    }
    if (quote.teeType() != TeeType.TDX) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "a quote of type %s; keys are released to TDX trust domains only"
              .formatted(quote.teeType()));
    }
    return quote;
  }

  private EvidenceVerifier.Endorsed endorse(Quote quote, Instant now) throws KmsException {
    try {
      return verifier.endorse(quote, now);
    } catch (VerificationException e) {
      throw rejected(e);
    } catch (CollateralUnavailableException e) {
      throw failed("no verdict possible: " + e.getMessage(), e);
    }
  }

  private static void requireBinding(ReportData reportData, Stage.Authenticated authenticated)
      throws KmsException {
    if (!reportData.firstHalf().equals(authenticated.challenge().nonce())) {
      throw new KmsException(
          KmsError.INVALID_CHALLENGE,
          "the quote was not made for this challenge: bytes 0 to 31 of its report_data are not the"
              + " challenge's nonce");
    }
    if (!reportData.secondHalf().equals(Sha256.of(authenticated.peer().text()))) {
      throw new KmsException(
          KmsError.PEER_ID_MISMATCH,
          "the quote was not made by this peer: bytes 32 to 63 of its report_data are not the"
              + " SHA-256 of peerId");
    }
  }

  private static VerifiedQuote verify(EvidenceVerifier.Endorsed endorsed) throws KmsException {
    try {
      return endorsed.verify();
    } catch (VerificationException e) {
      throw rejected(e);
    }
  }

  private static KmsException rejected(VerificationException e) {
    return failed(
        "%s: %s. What to do: %s".formatted(e.code().text(), e.getMessage(), e.code().advice()), e);
  }

  private static KmsException failed(String details, Exception cause) {
    return new KmsException(KmsError.ATTESTATION_VERIFICATION_FAILED, details, cause);
  }
}
