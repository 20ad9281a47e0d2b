package network.calimero.tee.kms.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.TcbEvaluation;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.StaleException;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.MeasurementTuple;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TdReport;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which replicas know each other, on both sides of a join (kms-protocol.md, "The TDX
 * cluster backend"): a verified quote made for this very exchange, of a trust domain that is not
 * open to debugging, whose five registers are one's own, on a platform whose TCB status the policy
 * allows. Safe for use by several threads.
 */
public final class SameAsMe {
  private final OnlineVerifier verifier;
  private final FreshnessGuard freshness;
  private final OwnMeasurements own;
  private final CurrentPolicy policy;

  /**
   * The rule.
   *
   * @param policy has the TCB statuses that are allowed; one that is not enforced allows all
   */
  public SameAsMe(
      OnlineVerifier verifier,
      FreshnessGuard freshness,
      OwnMeasurements own,
      CurrentPolicy policy) {
    this.verifier = verifier;
    this.freshness = freshness;
    this.own = own;
    this.policy = policy;
  }

  /**
   * Passes, or throws the first reason against it.
   *
   * @param quote at most {@link Quote#MAX_SIZE} bytes
   * @param expected what the quote must have been made for
   * @param otherwise which reason it is if the second half is another
   */
  void require(Bytes quote, ReportData expected, JoinFault otherwise, Instant now)
      throws JoinException {
    Quote parsed = parse(quote);
    requireBinding(parsed.body().reportData(), expected, otherwise);
    VerifiedQuote verified = verify(parsed, now);
    if (!(verified.quote().body() instanceof TdReport report)) {
      throw new JoinException(JoinFault.NOT_A_QUOTE, "it is not the quote of a trust domain");
    }
    if (report.isDebug()) {
      throw debug(null);
    }
    requireStatus(verified.tcb());
    requireRegisters(MeasurementTuple.of(report));
  }

  private static Quote parse(Bytes bytes) throws JoinException {
    try {
      return Quote.parse(bytes);
    } catch (QuoteFormatException e) {
      throw new JoinException(JoinFault.NOT_A_QUOTE, "quoteB64: " + e.getMessage(), e);
    }
  }

  private static void requireBinding(ReportData found, ReportData expected, JoinFault otherwise)
      throws JoinException {
    if (!found.firstHalf().equals(expected.firstHalf())) {
      throw new JoinException(
          JoinFault.OTHER_NONCE, "bytes 0 to 31 of the quote's report_data are not the nonce");
    }
    if (!found.secondHalf().equals(expected.secondHalf())) {
      throw new JoinException(
          otherwise,
          "bytes 32 to 63 of the quote's report_data are not the hash of what came with it");
    }
  }

  private VerifiedQuote verify(Quote quote, Instant now) throws JoinException {
    try {
      return verifier.verify(quote, now, freshness.at(now));
    } catch (StaleException e) {
      throw new JoinException(
          JoinFault.NO_VERDICT,
          "%s. What its operator can do: %s".formatted(e.getMessage(), e.reason().advice()),
          e);
    } catch (VerificationException e) {
      if (e.code() == FailureCode.TD_DEBUG) {
        throw debug(e);
      }
      throw new JoinException(
          JoinFault.NOT_GENUINE, "%s: %s".formatted(e.code().text(), e.getMessage()), e);
    } catch (CollateralUnavailableException e) {
      throw new JoinException(
          JoinFault.NO_VERDICT, "its collateral is not to be had: " + e.getMessage(), e);
    }
  }

  private static JoinException debug(@Nullable Throwable cause) {
    return new JoinException(
        JoinFault.DEBUG, "a debug TD: its host can read its memory, and so the root", cause);
  }

  private void requireStatus(TcbEvaluation tcb) throws JoinException {
    switch (policy.current()) {
      case PolicyState.NotReady notReady ->
          throw new JoinException(JoinFault.NO_POLICY, notReady.reason());
      case PolicyState.Ready ready -> {
        if (ready.policy() instanceof AppraisalPolicy.Enforced enforced
            && !enforced.statuses().contains(tcb.status())) {
          throw new JoinException(
              JoinFault.TCB_STATUS,
              "the TCB status of its platform is %s, which ALLOWED_TCB_STATUSES does not list"
                  .formatted(tcb.status()));
        }
      }
    }
  }

  private void requireRegisters(MeasurementTuple found) throws JoinException {
    List<String> differing = new ArrayList<>();
    for (Register register : Register.values()) {
      if (!found.get(register).equals(own.registers().get(register))) {
        differing.add(
            "%s is %s, here it is %s"
                .formatted(register, found.get(register), own.registers().get(register)));
      }
    }
    if (!differing.isEmpty()) {
      throw new JoinException(
          JoinFault.REGISTER,
          "it is not the same image on the same shape of machine: " + String.join("; ", differing));
    }
  }
}
