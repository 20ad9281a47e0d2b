package network.calimero.tee.seal;

import network.calimero.tee.bytes.Bytes;

/**
 * What a sealed secret is bound to beside its receiver: with any other context it does not open.
 *
 * @param salt of HKDF
 * @param info of HKDF
 * @param associatedData of AES-GCM
 */
record SealContext(Bytes salt, Bytes info, Bytes associatedData) {}
