/** The simulator judged by the JDK's own certificate, CRL and signature code. */
@NullMarked
package network.calimero.tee.simulator;

import org.jspecify.annotations.NullMarked;
