/**
 * Bytes, hashes, deterministic keys and fixed layouts that the simulated formats are written with.
 */
@NullMarked
package network.calimero.tee.simulator.codec;

import org.jspecify.annotations.NullMarked;
