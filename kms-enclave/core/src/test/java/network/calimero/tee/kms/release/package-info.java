/** Key release without a server around it. */
@NullMarked
package network.calimero.tee.kms.release;

import org.jspecify.annotations.NullMarked;
