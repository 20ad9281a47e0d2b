/** Trust domains and enclaves that measure, extend and ask for quotes. */
@NullMarked
package network.calimero.tee.simulator.tdx;

import org.jspecify.annotations.NullMarked;
