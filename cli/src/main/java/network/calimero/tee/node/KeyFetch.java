package network.calimero.tee.node;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.node.Check.Outcome;
import network.calimero.tee.node.FetchedKey.Result;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * A node's whole way to its key: takes every {@link NodeStep} in order, and gives a key only where
 * none of them failed. Never throws for anything that the other side or this machine does.
 */
public final class KeyFetch {
  private static final String PLAIN = "a plain key was asked for";

  private final KmsClient kms;
  private final NodeClient node;

  /**
   * The way of a node to a KMS.
   *
   * @param node that same KMS's client
   */
  public KeyFetch(KmsClient kms, NodeClient node) {
    this.kms = kms;
    this.node = node;
  }

  /**
   * All steps: the key comes sealed, and only from the KMS that was checked.
   *
   * @param verifier judges who answers
   * @param nonce 32 bytes, never used before
   * @param now the time to judge the KMS's evidence at
   * @return the key if there is one, for the caller to close
   */
  public FetchedKey sealed(KmsVerifier verifier, Bytes nonce, Instant now) {
    KmsAssessment assessment = verifier.assessWithTransportKey(kms, nonce, now);
    return assessment
        .transportKey()
        .map(transport -> {
          Exchange exchange = Exchange.after(assessment);
          return exchange.result(() -> sealed(exchange.log, transport));
        })
        .orElseGet(() -> notAccepted(assessment));
  }

  /**
   * The same for a KMS that cannot seal: whoever ends the TLS connection sees the key, and nothing
   * ties the one who gives it to the one who was checked.
   *
   * @return as for {@link #sealed}
   */
  public FetchedKey plain(KmsVerifier verifier, Bytes nonce, Instant now) {
    KmsAssessment assessment = verifier.assess(kms, nonce, now);
    if (assessment.verdict() != KmsAssessment.Verdict.ACCEPTED) {
      return notAccepted(assessment);
    }
    Exchange exchange = Exchange.after(assessment);
    return exchange.result(() -> plain(exchange.log));
  }

  /** The same without looking at who answers, who then chooses the key: to try things out. */
  public FetchedKey plainUnchecked() {
    Exchange exchange = new Exchange(new StepLog(NodeStep.all()), Optional.empty());
    NodeStep.ofKms()
        .forEach(step -> exchange.log.add(step, Outcome.NOT_JUDGED, "skipped, as asked for"));
    return exchange.result(() -> plain(exchange.log));
  }

  private static FetchedKey notAccepted(KmsAssessment assessment) {
    Exchange exchange = Exchange.after(assessment);
    return new FetchedKey(exchange.log.all(), Optional.of(assessment), new Result.KmsNotAccepted());
  }

  private ReleasedKey sealed(StepLog log, X25519PublicKey transport)
      throws NodeException, GuestException {
    Challenge challenge = challenge(log);
    try (SealedExchange exchange = node.begin(challenge, transport)) {
      ownQuote(log, exchange.request());
      Sealed answer = exchange.send();
      log.passed(NodeStep.RELEASED, "sealed");
      return exchange.open(answer);
    }
  }

  private ReleasedKey plain(StepLog log) throws NodeException, GuestException {
    KeyRequest request = node.request(challenge(log), Optional.empty());
    ownQuote(log, request);
    return kms.getKey(request);
  }

  private Challenge challenge(StepLog log) throws NodeException {
    Challenge challenge = node.challenge();
    log.passed(NodeStep.CHALLENGE, "until " + challenge.expiresAt());
    return challenge;
  }

  private static void ownQuote(StepLog log, KeyRequest request) {
    log.passed(NodeStep.OWN_QUOTE, request.quote().length() + " bytes of quote");
  }

  /** What comes after the checks of the KMS, up to a key. */
  @FunctionalInterface
  private interface Steps {
    ReleasedKey take() throws NodeException, GuestException;
  }

  /** The steps that ask for the key: whichever does not end is the one that failed. */
  private record Exchange(StepLog log, Optional<KmsAssessment> kms) {
    static Exchange after(KmsAssessment assessment) {
      StepLog log = new StepLog(NodeStep.all());
      assessment.checks().stream()
          .takeWhile(check -> check.outcome() != Outcome.NOT_REACHED)
          .forEach(log::add);
      return new Exchange(log, Optional.of(assessment));
    }

    FetchedKey result(Steps steps) {
      try {
        ReleasedKey key = steps.take();
        opened();
        log.passed(NodeStep.KEY, key.length() + " bytes");
        return new FetchedKey(log.all(), kms, new Result.Key(key));
      } catch (NodeException e) {
        if (e.code() == Code.KEY_UNUSABLE) {
          opened();
        }
        boolean unknown = e.code().meaning() == NodeException.Meaning.UNKNOWN;
        log.add(log.next(), unknown ? Outcome.UNDECIDED : Outcome.FAILED, PlainText.of(e));
        return new FetchedKey(log.all(), kms, new Result.Refused(e));
      } catch (GuestException e) {
        log.add(NodeStep.OWN_QUOTE, Outcome.FAILED, PlainText.of(e));
        return new FetchedKey(log.all(), kms, new Result.NoOwnQuote(e));
      }
    }

    /** A sealed key is released before it is opened; a plain one is there with its release. */
    private void opened() {
      if (log.next() == NodeStep.RELEASED) {
        log.passed(NodeStep.RELEASED, "plain");
        log.add(NodeStep.OPENED, Outcome.NOT_JUDGED, PLAIN);
      } else {
        log.passed(NodeStep.OPENED, "");
      }
    }
  }
}
