package network.calimero.tee.collateral.pcs;

import java.time.Duration;
import java.time.Instant;
import network.calimero.tee.dcap.Validity;

/**
 * A proven piece of collateral.
 *
 * @param validity when it holds, the certificates behind it included
 * @param refreshAt when it is asked for again, while it is still given out
 */
record Held(Document document, Validity validity, Instant fetchedAt, Instant refreshAt) {

  /** When it was issued, or its signer's certificate if that is later. */
  Instant issuedAt() {
    return validity.notBefore();
  }

  /** This piece still, asked for as lately and again as soon as that other one. */
  Held checkedAgain(Held other) {
    return new Held(document, validity, other.fetchedAt, other.refreshAt);
  }

  static Held of(Document document, Validity validity, Instant now, CachePolicy policy) {
    Duration half = Duration.between(now, validity.notAfter()).dividedBy(2);
    // Not more often than a failure would be tried again, however near the end is.
    Duration soon = half.compareTo(policy.firstRetry()) > 0 ? half : policy.firstRetry();
    Duration age = soon.compareTo(policy.refreshAfter()) < 0 ? soon : policy.refreshAfter();
    return new Held(document, validity, now, now.plus(age));
  }
}
