/** Tests. */
@NullMarked
package network.calimero.tee.functions.outbound;

import org.jspecify.annotations.NullMarked;
