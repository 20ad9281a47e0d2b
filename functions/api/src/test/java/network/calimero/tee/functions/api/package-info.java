/** Tests. */
@NullMarked
package network.calimero.tee.functions.api;

import org.jspecify.annotations.NullMarked;
