/** A replica in a plain TDX VM: its quotes, its peers over HTTP, and how it gets the root. */
@NullMarked
package network.calimero.tee.kms.server.cluster;

import org.jspecify.annotations.NullMarked;
