/** libp2p identities: peer IDs, public keys, signatures, and a node's own key pair. */
@NullMarked
package network.calimero.tee.identity;

import org.jspecify.annotations.NullMarked;
