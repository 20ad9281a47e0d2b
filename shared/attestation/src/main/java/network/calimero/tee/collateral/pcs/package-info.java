/**
 * Collateral from Intel's PCS or a PCCS (v4): asked for over HTTP, proven, kept (dcap.md,
 * "Collateral" and "Caching").
 */
@NullMarked
package network.calimero.tee.collateral.pcs;

import org.jspecify.annotations.NullMarked;
