/**
 * DCAP verification: from an unproven quote and unproven collateral to a proven platform (dcap.md).
 */
@NullMarked
package network.calimero.tee.dcap;

import org.jspecify.annotations.NullMarked;
