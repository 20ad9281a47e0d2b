/** Requests to URLs that strangers give, without becoming their weapon. */
@NullMarked
package network.calimero.tee.functions.outbound;

import org.jspecify.annotations.NullMarked;
