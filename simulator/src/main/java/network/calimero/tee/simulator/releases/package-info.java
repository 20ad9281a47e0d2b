/** Releases as they are published, signed and complete or spoiled, and a server for them. */
@NullMarked
package network.calimero.tee.simulator.releases;

import org.jspecify.annotations.NullMarked;
