/** Benchmarks of parsing and verification, with a peer beside them in the same run. */
@NullMarked
package network.calimero.tee.bench;

import org.jspecify.annotations.NullMarked;
