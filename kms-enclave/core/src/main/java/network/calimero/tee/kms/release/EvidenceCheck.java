package network.calimero.tee.kms.release;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralGate;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.StaleException;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * Step 6 of kms-protocol.md, POST /get-key: the quote is genuine, and made for this request. Safe
 * for use by several threads.
 */
public final class EvidenceCheck {
  private static final Bytes MOCK_MARK =
      Bytes.of("MOCK_TDX_QUOTE_V1".getBytes(StandardCharsets.US_ASCII));

  private final TrustAnchor anchor;
  private final CollateralSource collateral;
  private final OnlineVerifier verifier;
  private final FreshnessGuard freshness;

  /** Believes what that verifier's root vouches for, with collateral from that source. */
  public EvidenceCheck(
      DcapVerifier verifier, CollateralSource collateral, FreshnessGuard freshness) {
    this.anchor = verifier.anchor();
    this.collateral = collateral;
    this.verifier = new OnlineVerifier(verifier, collateral);
    this.freshness = freshness;
  }

  Stage.Attested attest(Stage.Authenticated authenticated, Instant now) throws KmsException {
    refuseMock(authenticated.quote());
    Quote quote = parse(authenticated.quote());
    CollateralGate<StaleException> gate = gate(now);
    Optional<KmsException> foreign = bindingFault(quote.body().reportData(), authenticated);
    if (foreign.isPresent()) {
      // Missing collateral comes before a foreign nonce in the order of reasons; verification,
      // which costs most, comes after it and is not done for such a quote.
      requireCollateral(quote, now);
      throw foreign.get();
    }
    return new Stage.Attested(authenticated, verify(quote, now, gate));
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

  /** Why the quote is not for this request, if it is not. */
  private static Optional<KmsException> bindingFault(
      ReportData reportData, Stage.Authenticated authenticated) {
    if (!reportData.firstHalf().equals(authenticated.challenge().nonce())) {
      return Optional.of(
          new KmsException(
              KmsError.INVALID_CHALLENGE,
              "the quote was not made for this challenge: bytes 0 to 31 of its report_data are not"
                  + " the challenge's nonce"));
    }
    return peerFault(reportData.secondHalf(), authenticated.peer(), authenticated.sealTo());
  }

  private static Optional<KmsException> peerFault(
      Bytes found, PeerId peer, Optional<X25519PublicKey> sealTo) {
    Bytes expected =
        sealTo.map(key -> Bindings.sealedGetKey(key, peer)).orElse(Bindings.plainGetKey(peer));
    if (found.equals(expected)) {
      return Optional.empty();
    }
    return Optional.of(
        new KmsException(
            KmsError.PEER_ID_MISMATCH,
            "the quote was not made by this peer for this request: bytes 32 to 63 of its"
                + " report_data are not the SHA-256 of "
                + (sealTo.isPresent()
                    ? "mero-kms/sealed-get-key/v1, sealToB64's 32 bytes and peerId"
                    : "peerId")));
  }

  private void requireCollateral(Quote quote, Instant now) throws KmsException {
    try {
      PckChain chain = PckChain.authenticate(quote, anchor, now);
      collateral.collateral(chain, quote.teeType(), now);
    } catch (VerificationException e) {
      throw rejected(e);
    } catch (CollateralUnavailableException e) {
      throw noVerdict(e);
    }
  }

  /** Nothing is fetched or believed at a time that cannot be now. */
  private CollateralGate<StaleException> gate(Instant now) throws KmsException {
    try {
      return freshness.at(now);
    } catch (StaleException e) {
      throw stale(e);
    }
  }

  private VerifiedQuote verify(Quote quote, Instant now, CollateralGate<StaleException> gate)
      throws KmsException {
    try {
      return verifier.verify(quote, now, gate);
    } catch (StaleException e) {
      throw stale(e);
    } catch (VerificationException e) {
      throw rejected(e);
    } catch (CollateralUnavailableException e) {
      throw noVerdict(e);
    }
  }

  private static KmsException rejected(VerificationException e) {
    return failed(
        "%s: %s. What to do: %s".formatted(e.code().text(), e.getMessage(), e.code().advice()), e);
  }

  private static KmsException noVerdict(CollateralUnavailableException e) {
    return failed(
        "collateral_unavailable: no verdict on this quote is possible, because its collateral is"
            + " not to be had: %s. What the KMS operator can do: %s"
                .formatted(e.getMessage(), e.advice()),
        e);
  }

  private static KmsException stale(StaleException e) {
    return failed(
        "no_verdict: %s. What the KMS operator can do: %s"
            .formatted(e.getMessage(), e.reason().advice()),
        e);
  }

  private static KmsException failed(String details, Exception cause) {
    return new KmsException(KmsError.ATTESTATION_VERIFICATION_FAILED, details, cause);
  }
}
