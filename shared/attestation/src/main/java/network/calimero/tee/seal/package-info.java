/** Secrets sealed to one receiver, so that only its machine can open them (kms-protocol.md). */
@NullMarked
package network.calimero.tee.seal;

import org.jspecify.annotations.NullMarked;
