/** Tests of what keeps time and collateral from being turned back. */
@NullMarked
package network.calimero.tee.kms.time;

import org.jspecify.annotations.NullMarked;
