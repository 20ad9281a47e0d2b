/** Tests of the key server's own keys. */
@NullMarked
package network.calimero.tee.kms.keys;

import org.jspecify.annotations.NullMarked;
