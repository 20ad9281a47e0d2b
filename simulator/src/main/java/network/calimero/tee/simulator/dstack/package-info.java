/** A dstack guest agent on a Unix socket, and the application identity and event log behind it. */
@NullMarked
package network.calimero.tee.simulator.dstack;

import org.jspecify.annotations.NullMarked;
