/** A server on the loopback address that records what it is asked and misbehaves on request. */
@NullMarked
package network.calimero.tee.simulator.http;

import org.jspecify.annotations.NullMarked;
