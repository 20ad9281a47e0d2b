/** Quotes as bytes say they are: parsed, bounded, and not yet proven to be anybody's. */
@NullMarked
package network.calimero.tee.quote;

import org.jspecify.annotations.NullMarked;
