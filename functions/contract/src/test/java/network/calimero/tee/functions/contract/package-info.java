/** The same cases against the core and every way in which it is deployed. */
@NullMarked
package network.calimero.tee.functions.contract;

import org.jspecify.annotations.NullMarked;
