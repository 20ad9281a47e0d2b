package network.calimero.tee.node;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.DstackLog;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.node.KmsAssessment.Refusal;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.databind.JsonNode;

/**
 * Judges whoever answers at a KMS's address as a node does before it asks for its key: a fresh
 * quote, proven by all ten steps of dcap.md, with the status and measurements that are expected.
 *
 * <p>A "yes" means that <em>some</em> genuine KMS answered: evidence through a URL can be relayed
 * (kms-protocol.md, POST /attest).
 */
public final class KmsVerifier {
  /** What a node binds its nonce to: SHA-256 of {@code mero-kms-phala-attest-v1}, 32 bytes. */
  public static final Bytes BINDING = Bindings.ATTEST_DSTACK;

  private final QuoteVerifier quotes;
  private final Expectations expectations;

  /** Verifies by that verifier, and so under its root. */
  public KmsVerifier(QuoteVerifier quotes, Expectations expectations) {
    this.quotes = quotes;
    this.expectations = expectations;
  }

  /**
   * Asks the KMS for evidence and judges it; never throws for anything that the other side does.
   *
   * @param nonce 32 bytes, never used before
   * @param now the only reading of the clock
   */
  public KmsAssessment assess(KmsClient kms, Bytes nonce, Instant now) {
    return assess(kms, new AssessmentLog(nonce, BINDING), false, now);
  }

  /**
   * The same, and the KMS must name its transport key in the quote: what is sealed with that key
   * comes from what was judged, whoever relays it.
   */
  public KmsAssessment assessWithTransportKey(KmsClient kms, Bytes nonce, Instant now) {
    return assess(kms, new AssessmentLog(nonce, BINDING), true, now);
  }

  private KmsAssessment assess(
      KmsClient kms, AssessmentLog log, boolean transportKey, Instant now) {
    try {
      KmsEvidence evidence = kms.attest(log.nonce(), BINDING, transportKey);
      log.passed(NodeStep.REACHED, "");
      log.passed(NodeStep.ANSWER, evidence.quote().length() + " bytes of quote");
      return judge(log, evidence, now);
    } catch (NodeException e) {
      return noEvidence(log, e);
    }
  }

  private static KmsAssessment noEvidence(AssessmentLog log, NodeException e) {
    NodeStep step =
        switch (e.code()) {
          case KMS_UNREACHABLE, KMS_TIMEOUT -> NodeStep.REACHED;
          default -> {
            log.passed(NodeStep.REACHED, "");
            yield NodeStep.ANSWER;
          }
        };
    Refusal why = new Refusal.Protocol(e);
    return e.code().meaning() == NodeException.Meaning.UNKNOWN
        ? log.undecided(step, PlainText.of(e), why)
        : log.rejected(step, PlainText.of(e), why);
  }

  private KmsAssessment judge(AssessmentLog log, KmsEvidence evidence, Instant now) {
    Quote quote;
    try {
      quote = Quote.parse(evidence.quote());
    } catch (QuoteFormatException e) {
      return log.rejected(
          NodeStep.QUOTE, PlainText.of(e), new Refusal.Form("quote_malformed", PlainText.of(e)));
    }
    log.quote(quote);
    if (quote.teeType() != TeeType.TDX) {
      String why = "the quote is of an SGX enclave; a KMS runs in a TDX trust domain";
      return log.rejected(NodeStep.QUOTE, why, new Refusal.Form("not_a_trust_domain", why));
    }
    log.passed(NodeStep.QUOTE, "TDX, version " + quote.header().version());
    Bytes expected = ReportData.of(log.nonce(), binding(evidence)).value();
    if (!evidence.reportData().equals(expected)) {
      return notFresh(log, NodeStep.STATED, evidence.reportData(), expected);
    }
    log.passed(NodeStep.STATED, "");
    Bytes bound = quote.body().reportData().value();
    if (!quote.body().reportData().firstHalf().equals(log.nonce())) {
      return notFresh(log, NodeStep.NONCE, bound, expected);
    }
    log.passed(NodeStep.NONCE, "");
    if (!bound.equals(expected)) {
      return notFresh(log, NodeStep.BINDING, bound, expected);
    }
    log.passed(NodeStep.BINDING, evidence.transportKey().isPresent() ? "transport key" : "fixed");
    evidence.transportKey().ifPresent(log::transportKey);
    return prove(log, quote, evidence.eventLog(), now);
  }

  private static Bytes binding(KmsEvidence evidence) {
    return evidence
        .transportKey()
        .map(key -> Bindings.attestTransportKey(BINDING, key))
        .orElse(BINDING);
  }

  private static KmsAssessment notFresh(
      AssessmentLog log, NodeStep step, Bytes found, Bytes expected) {
    return log.rejected(
        step, "found " + found + ", expected " + expected, new Refusal.NotFresh(found, expected));
  }

  private KmsAssessment prove(AssessmentLog log, Quote quote, JsonNode eventLog, Instant now) {
    VerifiedQuote proven;
    try {
      proven = quotes.verify(quote, now);
    } catch (VerificationException e) {
      return log.rejected(NodeStep.PROVEN, PlainText.of(e), new Refusal.Unproven(e));
    } catch (CollateralUnavailableException e) {
      Refusal why = new Refusal.NoCollateral(e);
      return CollateralFault.isThereButBad(e.code())
          ? log.rejected(NodeStep.PROVEN, PlainText.of(e), why)
          : log.undecided(NodeStep.PROVEN, PlainText.of(e), why);
    }
    log.passed(
        NodeStep.PROVEN,
        "all ten steps, to "
            + (proven.anchor().isIntel() ? "Intel's root" : "a root that is NOT Intel's"));
    return appraise(log, proven, eventLog);
  }

  private KmsAssessment appraise(AssessmentLog log, VerifiedQuote proven, JsonNode eventLog) {
    String status = proven.tcb().status().text();
    if (expectations.statuses().contains(proven.tcb().status())) {
      log.passed(NodeStep.STATUS, status);
    } else {
      log.failed(NodeStep.STATUS, status + ", allowed: " + expectations.statuses());
    }
    if (proven.quote().body() instanceof TdReport report) {
      for (Register register : Register.values()) {
        appraise(log, register, report);
      }
    }
    appraiseApp(log, proven, eventLog);
    appraiseFingerprint(log);
    return log.concluded(proven);
  }

  /** Which app it is, if the event log leads to the quote's registers. */
  private void appraiseApp(AssessmentLog log, VerifiedQuote proven, JsonNode eventLog) {
    Optional<Bytes> hash;
    String unproven = "the event log has no compose hash";
    try {
      hash = ProvenLog.prove(DstackLog.of(eventLog), proven).composeHash();
    } catch (EventLogFormatException | UnprovenLogException e) {
      hash = Optional.empty();
      unproven = PlainText.of(e);
    }
    String found = hash.map(Bytes::hex).orElse(unproven);
    if (expectations.composeHashes().isEmpty()) {
      log.notJudged(NodeStep.APP, found);
    } else if (hash.isPresent() && expectations.composeHashes().contains(hash.get())) {
      log.passed(NodeStep.APP, found);
    } else {
      log.failed(NodeStep.APP, hash.isPresent() ? found + " is not expected" : found);
    }
  }

  /** Whether it has the keys that it had before: another app or root has another transport key. */
  private void appraiseFingerprint(AssessmentLog log) {
    Optional<Bytes> fingerprint = log.transportKey().map(X25519PublicKey::fingerprint);
    String found = fingerprint.map(Bytes::hex).orElse("no transport key was asked for");
    if (expectations.fingerprints().isEmpty()) {
      log.notJudged(NodeStep.FINGERPRINT, found);
    } else if (fingerprint.filter(expectations.fingerprints()::contains).isPresent()) {
      log.passed(NodeStep.FINGERPRINT, found);
    } else {
      log.failed(
          NodeStep.FINGERPRINT, fingerprint.isPresent() ? found + " is not expected" : found);
    }
  }

  private void appraise(AssessmentLog log, Register register, TdReport report) {
    String found = register.in(report).hex();
    if (!expectations.measurements().containsKey(register)) {
      log.notJudged(NodeStep.of(register), found);
    } else if (expectations.measurements().get(register).contains(register.in(report))) {
      log.passed(NodeStep.of(register), found);
    } else {
      log.failed(NodeStep.of(register), found + " is not expected");
    }
  }
}
