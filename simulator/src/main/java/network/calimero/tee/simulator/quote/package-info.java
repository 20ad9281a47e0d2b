/** SGX and TDX quotes written in Intel's formats, with hooks to spoil every signature and hash. */
@NullMarked
package network.calimero.tee.simulator.quote;

import org.jspecify.annotations.NullMarked;
