/**
 * Releases: in the packages below, what they consist of, whether they are genuine, what is made of
 * them.
 */
@NullMarked
package network.calimero.tee.release;

import org.jspecify.annotations.NullMarked;
