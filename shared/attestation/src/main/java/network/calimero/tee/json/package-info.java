/** JSON from strangers, read without tolerance. */
@NullMarked
package network.calimero.tee.json;

import org.jspecify.annotations.NullMarked;
