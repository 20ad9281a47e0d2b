/** Rules that hold for all of the key server's core. */
@NullMarked
package network.calimero.tee.kms;

import org.jspecify.annotations.NullMarked;
