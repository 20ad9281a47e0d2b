/** Where keys are derived, and the keys that this server itself has. */
@NullMarked
package network.calimero.tee.kms.keys;

import org.jspecify.annotations.NullMarked;
