package network.calimero.tee.kms.release;

import java.util.Optional;

/**
 * What a node sends to {@code /get-key}, as text and unproven (kms-protocol.md, POST /get-key).
 *
 * @param sealToB64 the node's one-time key, if the answer is to be sealed
 */
public record GetKeyRequest(
    String challengeId,
    String quoteB64,
    String peerId,
    String peerPublicKeyB64,
    String signatureB64,
    Optional<String> sealToB64) {}
