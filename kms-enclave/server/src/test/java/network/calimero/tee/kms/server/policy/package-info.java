/** Loading policies over real sockets, in steps instead of in time. */
@NullMarked
package network.calimero.tee.kms.server.policy;

import org.jspecify.annotations.NullMarked;
