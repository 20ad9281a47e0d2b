/** The key server through real sockets, on a simulated platform. */
@NullMarked
package network.calimero.tee.kms.server;

import org.jspecify.annotations.NullMarked;
