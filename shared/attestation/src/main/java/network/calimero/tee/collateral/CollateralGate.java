package network.calimero.tee.collateral;

import java.util.Optional;
import network.calimero.tee.dcap.CollateralFacts;

/**
 * Whether a relying party takes collateral that is proven and valid now.
 *
 * @param <X> says why not
 */
@FunctionalInterface
public interface CollateralGate<X extends Exception> {

  /** What speaks against using it; empty if nothing does. */
  Optional<X> objection(CollateralFacts facts);
}
