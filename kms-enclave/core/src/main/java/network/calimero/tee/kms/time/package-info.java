/** What keeps the host from turning back the time, and whoever serves collateral from old sets. */
@NullMarked
package network.calimero.tee.kms.time;

import org.jspecify.annotations.NullMarked;
