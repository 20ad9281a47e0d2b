package network.calimero.tee.functions.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.functions.admission.Evidence.Genuine;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.published.PublishedDocuments;

/**
 * Decides who gets in (fleet.md, "Admission function"). Keeps nothing of nodes: challenges are the
 * control plane's to give out, to time and to spend. Safe for several threads.
 */
public final class Admission {
  private static final Optional<Assurance> CLAIMED = Optional.of(Assurance.CLAIMED);

  private final Rules rules;
  private final QuoteVerification verification;
  private final PublishedDocuments documents;

  /**
   * By what is decided.
   *
   * @param constant merod's registration constant; without it no quote is worth more than a claim
   * @param allowClaimed whether the node's own word, or a quote that may be relayed, is enough
   * @param validFor how long a decision holds at most
   */
  public record Rules(
      Trusted trusted,
      Optional<RegistrationConstant> constant,
      boolean allowClaimed,
      Duration validFor) {}

  /** Decides by those rules. */
  public Admission(Rules rules, QuoteVerification verification, PublishedDocuments documents) {
    this.rules = rules;
    this.verification = verification;
    this.documents = documents;
  }

  /**
   * The verdict: first what the node says it is, then its evidence, then its measurements, last
   * whether that much assurance is enough.
   *
   * @throws ApiException if there is none: nobody knows now
   */
  Decision decide(Registration registration, Instant now) throws ApiException {
    Trusted.Wanted wanted = rules.trusted.wanted(registration);
    List<Reason> reasons = new ArrayList<>(wanted.against());
    registration.ambiguous().stream()
        .map(field ->
            new Reason(
                ReasonCode.FIELD_HOLDS_SEPARATOR, field, field + " holds a |, which joins fields"))
        .forEach(reasons::add);
    Evidence evidence = Evidence.none();
    Match match = Match.none(List.of());
    if (reasons.isEmpty()) {
      evidence = evidence(registration, now);
      reasons.addAll(evidence.reasons());
      reasons.addAll(notEnough(evidence));
      match = match(registration, evidence, wanted, reasons, now);
      reasons.addAll(match.reasons());
    }
    return new Decision(
        registration,
        evidence.assurance(),
        reasons,
        evidence.limits(),
        match,
        evidence.quote().map(Genuine::verified),
        now,
        reasons.isEmpty() ? Optional.of(expiry(evidence, now)) : Optional.empty());
  }

  private Evidence evidence(Registration registration, Instant now) throws ApiException {
    return registration.quote().isPresent()
        ? Evidence.of(registration, registration.quote().get(), verification, rules.constant, now)
        : Evidence.ownWord(registration);
  }

  private List<Reason> notEnough(Evidence evidence) {
    boolean enough = rules.allowClaimed || !evidence.assurance().equals(CLAIMED);
    return enough
        ? List.of()
        : List.of(
            new Reason(
                ReasonCode.CLAIMED_NOT_ENABLED,
                "assurance",
                "what the node claims is not proven to be its own, and that is not enough here"));
  }

  private Match match(
      Registration registration,
      Evidence evidence,
      Trusted.Wanted wanted,
      List<Reason> reasons,
      Instant now)
      throws ApiException {
    Optional<Measurement> claimed =
        registration.quote().isEmpty() ? Evidence.claimedMrtd(registration) : Optional.empty();
    if (evidence.quote().isEmpty() && claimed.isEmpty()) {
      return Match.none(List.of());
    }
    PublishedCohorts published = PublishedCohorts.of(wanted.releases(), documents, now);
    Matching matching = new Matching(published.cohorts(), rules.trusted, wanted.profile());
    Match match =
        evidence.quote().isPresent()
            ? matching.of(evidence.quote().get().verified(), evidence.quote().get().report())
            : matching.of(claimed.orElseThrow());
    if (published.missing().isEmpty() || match.cohort().isPresent()) {
      return match;
    }
    if (reasons.isEmpty()) {
      throw published.missing().get();
    }
    return Match.none(List.of()); // refused whatever the measurements that are not to be had
  }

  private Instant expiry(Evidence evidence, Instant now) {
    Instant latest = now.plus(rules.validFor);
    return evidence
        .quote()
        .map(quote -> quote.verified().collateral().earliestExpiry())
        .filter(latest::isAfter)
        .orElse(latest);
  }
}
