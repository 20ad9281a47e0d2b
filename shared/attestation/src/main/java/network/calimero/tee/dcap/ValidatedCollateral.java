package network.calimero.tee.dcap;

import network.calimero.tee.bytes.Bytes;

/**
 * Collateral of which everything that depends on it alone is proven (dcap.md, steps 1 to 3), within
 * its validity. Only {@link CollateralValidator} makes it.
 *
 * @param pckCrl still unproven: its issuer stands in the PCK chain
 * @param validity the time in which all of it holds
 */
record ValidatedCollateral(
    Bytes fingerprint,
    TrustAnchor anchor,
    Crl rootCrl,
    TcbInfo tcbInfo,
    QeIdentity qeIdentity,
    Bytes pckCrl,
    Validity validity) {}
