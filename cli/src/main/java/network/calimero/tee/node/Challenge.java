package network.calimero.tee.node;

import java.time.Instant;
import network.calimero.tee.bytes.Bytes;

/**
 * A challenge as a KMS issued it (kms-protocol.md, POST /challenge).
 *
 * @param id 1 to 512 characters, sent back unchanged
 * @param nonce 32 bytes
 * @param expiresAt from then on it is of no use
 */
public record Challenge(String id, Bytes nonce, Instant expiresAt) {}
