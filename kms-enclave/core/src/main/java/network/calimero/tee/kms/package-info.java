/** What every operation of the key server shares: its error table and its bounds on work. */
@NullMarked
package network.calimero.tee.kms;

import org.jspecify.annotations.NullMarked;
