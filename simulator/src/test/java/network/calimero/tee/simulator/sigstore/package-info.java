/** Signatures of the simulated service, judged by the JDK alone. */
@NullMarked
package network.calimero.tee.simulator.sigstore;

import org.jspecify.annotations.NullMarked;
