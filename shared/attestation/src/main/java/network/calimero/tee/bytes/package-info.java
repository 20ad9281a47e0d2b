/**
 * Byte strings that cannot change, and the strict ways of reading them from text and from each
 * other.
 */
@NullMarked
package network.calimero.tee.bytes;

import org.jspecify.annotations.NullMarked;
