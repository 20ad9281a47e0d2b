/** Where collateral comes from: files in exchange form, and Intel's PCS or a PCCS. */
@NullMarked
package network.calimero.tee.collateral;

import org.jspecify.annotations.NullMarked;
