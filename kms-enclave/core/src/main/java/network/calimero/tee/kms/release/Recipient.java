package network.calimero.tee.kms.release;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * Whom a key goes to.
 *
 * @param challengeNonce of the challenge that was answered, 32 bytes
 * @param sealTo the one-time key that the answer is sealed to; empty: it leaves as it is
 */
record Recipient(PeerId peer, Bytes challengeNonce, Optional<X25519PublicKey> sealTo) {}
