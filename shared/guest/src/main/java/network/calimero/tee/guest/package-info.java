/** What a confidential VM offers its guest: quotes, derived keys, and who the guest is. */
@NullMarked
package network.calimero.tee.guest;

import org.jspecify.annotations.NullMarked;
