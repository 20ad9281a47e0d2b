/** Releases as they were published, for tests. */
@NullMarked
package network.calimero.tee.release;

import org.jspecify.annotations.NullMarked;
