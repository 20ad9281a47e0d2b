package network.calimero.tee.kms.server;

import java.util.function.Supplier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.sigstore.TrustedRoot;

/**
 * Whom a key server believes. Chosen by code alone: no setting can put a simulated root here.
 *
 * @param platforms gives the root under which nodes' platforms must be certified
 * @param releases gives the root under which policies of releases must be signed, where the image
 *     does not have one of its own
 */
public record Trust(Supplier<TrustAnchor> platforms, Supplier<TrustedRoot> releases) {

  /** Intel, and Sigstore's public infrastructure. */
  public static final Trust PRODUCTION = new Trust(TrustAnchor::intel, TrustedRoot::publicGood);
}
