/** A server of release files, policies to put there, and ways for it to misbehave. */
@NullMarked
package network.calimero.tee.simulator.releases;

import org.jspecify.annotations.NullMarked;
