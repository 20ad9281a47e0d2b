/** Releases of the simulator, and their server, as a stranger would judge them. */
@NullMarked
package network.calimero.tee.simulator.releases;

import org.jspecify.annotations.NullMarked;
