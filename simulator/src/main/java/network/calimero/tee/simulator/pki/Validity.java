package network.calimero.tee.simulator.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time window, both ends inclusive and in whole seconds. */
public record Validity(Instant notBefore, Instant notAfter) {
  /** Cuts both ends to whole seconds. */
  public Validity {
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The window that began {@code ago} before an instant and ends {@code ahead} after it. */
  public static Validity around(Instant now, Duration ago, Duration ahead) {
    return new Validity(now.minus(ago), now.plus(ahead));
  }
}
