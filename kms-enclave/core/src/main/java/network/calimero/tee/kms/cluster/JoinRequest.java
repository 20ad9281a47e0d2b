package network.calimero.tee.kms.cluster;

/**
 * What a replica without the root sends to {@code /cluster/join}, as text.
 *
 * @param nonceB64 32 bytes, of {@code /cluster/nonce}
 * @param joinerPublicB64 its one-time X25519 key, 32 bytes
 * @param quoteB64 over nonce ‖ {@link network.calimero.tee.seal.Bindings#clusterJoin}
 */
public record JoinRequest(String nonceB64, String joinerPublicB64, String quoteB64) {}
