package network.calimero.tee.node;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * What a node concludes about whoever answers at a KMS's address.
 *
 * @param verdict the conclusion
 * @param checks every step of {@link NodeStep#ofKms} in order, those not reached included
 * @param nonce what the evidence had to be fresh to
 * @param binding the other half of its report data
 * @param quote the quote as parsed, if there was one: proven only where {@code evidence} is there
 * @param evidence the proven quote, if it came to that
 * @param transportKey what the KMS seals with, vouched for by its quote; only where it was asked
 *     for and the verdict is {@link Verdict#ACCEPTED}
 * @param refusal why the verdict is {@link Verdict#REJECTED} or {@link Verdict#UNDECIDED}
 */
public record KmsAssessment(
    Verdict verdict,
    List<Check> checks,
    Bytes nonce,
    Bytes binding,
    Optional<Quote> quote,
    Optional<VerifiedQuote> evidence,
    Optional<X25519PublicKey> transportKey,
    Optional<Refusal> refusal) {

  /** The four conclusions; "no" and "don't know" are not the same. */
  public enum Verdict {
    /** Genuine, fresh, and all that was expected. */
    ACCEPTED,
    /** Genuine and fresh, but not what was expected. */
    NOT_ALLOWED,
    /** Not genuine, not fresh, or not in a node's limits. */
    REJECTED,
    /** Nothing is known: nobody answered, or no collateral is to be had. */
    UNDECIDED
  }

  /** Why there is no "yes". */
  public sealed interface Refusal {
    /** The KMS did not answer as a KMS does. */
    record Protocol(NodeException cause) implements Refusal {}

    /** What it sent is not a quote of the kind that a KMS has; the message says why. */
    record Form(String code, String message) implements Refusal {}

    /** The quote or its collateral was refused. */
    record Unproven(VerificationException cause) implements Refusal {}

    /** The collateral is not to be had, or not in a form to verify with. */
    record NoCollateral(CollateralUnavailableException cause) implements Refusal {}

    /** The evidence is not over this nonce and binding: it was made for somebody else. */
    record NotFresh(Bytes found, Bytes expected) implements Refusal {}
  }

  /** Copies. */
  public KmsAssessment {
    checks = List.copyOf(checks);
  }

  /** The first step that keeps a node from its key; empty with {@link Verdict#ACCEPTED}. */
  public Optional<Check> stop() {
    return checks.stream().filter(Check::stops).findFirst();
  }
}
