/** An HTTP endpoint that speaks Intel's certification service, and misbehaves on request. */
@NullMarked
package network.calimero.tee.simulator.pcs;

import org.jspecify.annotations.NullMarked;
