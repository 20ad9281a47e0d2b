package network.calimero.tee.collateral.pcs;

import network.calimero.tee.bytes.Bytes;

/**
 * A piece of collateral as it was received, unproven.
 *
 * @param issuerChain PEM; empty for the root CRL
 * @param text a CRL in DER, or the exact bytes of the signed JSON object
 * @param signature r‖s, 64 bytes; empty for CRLs, which carry their own
 */
record Document(Bytes issuerChain, Bytes text, Bytes signature) {}
