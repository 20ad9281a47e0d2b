/** The way from a request to a key, check by check (kms-protocol.md, POST /get-key). */
@NullMarked
package network.calimero.tee.kms.release;

import org.jspecify.annotations.NullMarked;
