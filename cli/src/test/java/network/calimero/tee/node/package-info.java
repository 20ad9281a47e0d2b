/** A node's side of the protocol against a KMS of the tests' own. */
@NullMarked
package network.calimero.tee.node;

import org.jspecify.annotations.NullMarked;
