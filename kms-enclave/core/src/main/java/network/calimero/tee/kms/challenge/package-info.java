/** Challenges that need no state until they are used (kms-protocol.md, POST /challenge). */
@NullMarked
package network.calimero.tee.kms.challenge;

import org.jspecify.annotations.NullMarked;
