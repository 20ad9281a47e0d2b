/** Quotes about the key server itself (kms-protocol.md, POST /attest). */
@NullMarked
package network.calimero.tee.kms.attest;

import org.jspecify.annotations.NullMarked;
