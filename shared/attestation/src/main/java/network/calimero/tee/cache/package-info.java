/** Bounded memory of what was used lately. */
@NullMarked
package network.calimero.tee.cache;

import org.jspecify.annotations.NullMarked;
