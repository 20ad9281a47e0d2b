/** A pretend Intel Trust Authority: appraises simulated quotes and signs tokens of its own. */
@NullMarked
package network.calimero.tee.simulator.ita;

import org.jspecify.annotations.NullMarked;
