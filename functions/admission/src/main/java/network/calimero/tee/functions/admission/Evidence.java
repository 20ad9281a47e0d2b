package network.calimero.tee.functions.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TdReport;

/**
 * What a node's quote is worth.
 *
 * @param quote verified, with its report; empty if there is none that is genuine
 * @param assurance empty if it is not bound to the registration
 */
record Evidence(
    Optional<Genuine> quote,
    Optional<Assurance> assurance,
    List<Reason> reasons,
    List<Reason> limits) {
  private static final int MRTD_DIGITS = 2 * Measurement.SIZE;

  /** A genuine quote of a VM. */
  record Genuine(VerifiedQuote verified, TdReport report) {}

  /** Nothing was looked at. */
  static Evidence none() {
    return new Evidence(Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  /** The node's own word about its MRTD. */
  static Evidence ownWord(Registration registration) {
    if (registration.mrtd().isEmpty()) {
      return refused(ReasonCode.NO_EVIDENCE, "quote", "there is neither a quote nor an MRTD");
    }
    if (claimedMrtd(registration).isEmpty()) {
      return refused(
          ReasonCode.MRTD_MALFORMED, "mrtd", "it is not %d digits of hex".formatted(MRTD_DIGITS));
    }
    Reason limit =
        new Reason(
            ReasonCode.NO_QUOTE, "quote", "the MRTD is the node's own word, proven by nothing");
    return new Evidence(
        Optional.empty(), Optional.of(Assurance.CLAIMED), List.of(), List.of(limit));
  }

  /** The MRTD that the node says; empty if it says none that could be one. */
  static Optional<Measurement> claimedMrtd(Registration registration) {
    return registration
        .mrtd()
        .filter(mrtd -> mrtd.length() == MRTD_DIGITS && Hex.isHex(mrtd))
        .map(Measurement::fromHex);
  }

  private static Evidence refused(ReasonCode code, String subject, String text) {
    return new Evidence(
        Optional.empty(), Optional.empty(), List.of(new Reason(code, subject, text)), List.of());
  }

  /**
   * Judges a quote: is it genuine, and is it bound to this registration?
   *
   * @throws ApiException if nobody knows: there is no verdict
   */
  static Evidence of(
      Registration registration,
      String base64,
      QuoteVerification verification,
      Optional<RegistrationConstant> constant,
      Instant now)
      throws ApiException {
    Quote quote;
    try {
      quote = Quote.parse(StrictBase64.decode(base64, Quote.MAX_SIZE));
    } catch (QuoteFormatException | IllegalArgumentException e) {
      return refused(ReasonCode.QUOTE_MALFORMED, "quote", "it is no quote: " + e.getMessage());
    }
    if (!(quote.body() instanceof TdReport report)) {
      return refused(
          ReasonCode.NOT_A_TRUST_DOMAIN, "quote", "it is the quote of an enclave, not of a VM");
    }
    try {
      Genuine genuine = new Genuine(verification.verify(quote, now), report);
      return bound(registration, genuine, constant);
    } catch (VerificationException e) {
      if (e.code().isOfCollateral()) {
        throw new ApiException(
            AdmissionProblem.COLLATERAL_REFUSED,
            "the collateral to verify the quote with is refused (%s)".formatted(e.code().text()),
            e);
      }
      return refused(ReasonCode.QUOTE_REFUSED, e.code().text(), String.valueOf(e.getMessage()));
    } catch (CollateralUnavailableException e) {
      throw new ApiException(
          AdmissionProblem.COLLATERAL_UNAVAILABLE,
          "the collateral to verify the quote with is not to be had (%s)"
              .formatted(e.code().text()),
          e);
    }
  }

  /** What report data the quote has decides; what the request says of it proves nothing. */
  private static Evidence bound(
      Registration registration, Genuine genuine, Optional<RegistrationConstant> constant) {
    List<Reason> reasons = new ArrayList<>(mrtdDiffers(registration, genuine.report));
    Optional<Assurance> assurance = Optional.empty();
    List<Reason> limits = new ArrayList<>();
    if (registration.challenge().isEmpty()) {
      reasons.add(
          new Reason(
              ReasonCode.CHALLENGE_MISSING,
              "challenge",
              "without the challenge nobody can tell for which registration the quote was made"));
    } else {
      Bytes expected = registration.hash(registration.challenge().get()).value();
      Bytes found = genuine.report.reportData().firstHalf();
      if (found.equals(expected)) {
        limits.addAll(limits(genuine.report.reportData().secondHalf(), constant));
        assurance = Optional.of(limits.isEmpty() ? Assurance.ATTESTED : Assurance.CLAIMED);
      } else {
        reasons.add(
            new Reason(
                ReasonCode.BINDING_DIFFERS,
                "report_data",
                "the quote is bound to %s, this registration is %s"
                    .formatted(found.hex(), expected.hex())));
      }
    }
    return new Evidence(Optional.of(genuine), assurance, reasons, limits);
  }

  private static List<Reason> limits(Bytes found, Optional<RegistrationConstant> constant) {
    if (constant.isEmpty()) {
      return List.of(
          new Reason(
              ReasonCode.REGISTRATION_CONSTANT_UNSET,
              "report_data",
              "without merod's registration constant no quote can be told from a relayed one"));
    }
    return found.equals(constant.get().value())
        ? List.of()
        : List.of(
            new Reason(
                ReasonCode.QUOTE_FOR_ANYBODY,
                "report_data",
                "it does not end in merod's registration constant: a public endpoint of another"
                    + " machine may have made it"));
  }

  private static List<Reason> mrtdDiffers(Registration registration, TdReport report) {
    String measured = report.mrTd().hex();
    return registration.mrtd().filter(said -> !said.equalsIgnoreCase(measured)).stream()
        .map(said ->
            new Reason(
                ReasonCode.MRTD_DIFFERS,
                "mrtd",
                "the node says %s, its quote %s".formatted(said, measured)))
        .toList();
  }
}
