/** Challenges without a server around them. */
@NullMarked
package network.calimero.tee.kms.challenge;

import org.jspecify.annotations.NullMarked;
