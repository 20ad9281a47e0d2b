/** A node's side of the KMS protocol: checks who answers, then asks for its key. */
@NullMarked
package network.calimero.tee.node;

import org.jspecify.annotations.NullMarked;
