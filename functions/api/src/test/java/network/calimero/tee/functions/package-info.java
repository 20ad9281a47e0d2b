/** Tests. */
@NullMarked
package network.calimero.tee.functions;

import org.jspecify.annotations.NullMarked;
