package network.calimero.tee.dcap;

import java.time.Instant;

/**
 * A span of time, both ends included: a certificate's, a CRL's or a document's, in which it holds.
 */
public record Validity(Instant notBefore, Instant notAfter) {

  static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

  /** Whether that instant lies in it. */
  public boolean contains(Instant now) {
    return !isBefore(now) && !isOver(now);
  }

  boolean isBefore(Instant now) {
    return now.isBefore(notBefore);
  }

  boolean isOver(Instant now) {
    return now.isAfter(notAfter);
  }

  /** The time that lies in both; empty (and containing nothing) if there is none. */
  Validity and(Validity other) {
    return new Validity(
        notBefore.isAfter(other.notBefore) ? notBefore : other.notBefore,
        notAfter.isBefore(other.notAfter) ? notAfter : other.notAfter);
  }
}
