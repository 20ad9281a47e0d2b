package network.calimero.tee.simulator.releases;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A change to files before they are signed.
 *
 * @param which by their names
 */
record AssetChange(Predicate<String> which, UnaryOperator<byte[]> how) {}
