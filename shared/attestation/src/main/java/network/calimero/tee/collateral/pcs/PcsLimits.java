package network.calimero.tee.collateral.pcs;

import java.time.Duration;

/**
 * How long and how much one server may answer one request.
 *
 * @param connect until connected, TLS included
 * @param answer from the start of the request to the last byte of the answer
 * @param maxBody bytes of a body; genuine ones stay under 100 KiB
 * @param maxIssuerChain characters of an issuer chain in a header; genuine ones have about 2,500
 */
public record PcsLimits(Duration connect, Duration answer, int maxBody, int maxIssuerChain) {
  /** 3 s, 10 s, 1 MiB (the most that verification reads) and 16 KiB. */
  public static final PcsLimits DEFAULT =
      new PcsLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 1024 * 1024, 16 * 1024);

  /** Everything is above zero. */
  public PcsLimits {
    if (!connect.isPositive() || !answer.isPositive() || maxBody < 1 || maxIssuerChain < 1) {
      throw new IllegalArgumentException("a limit of PCS answers that is not above zero");
    }
  }
}
