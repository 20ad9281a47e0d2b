package network.calimero.tee.kms.cluster;

/**
 * What a replica that holds the root answers to {@code /cluster/join}, as text.
 *
 * @param quoteB64 over nonce ‖ {@link network.calimero.tee.seal.Bindings#clusterGive}
 * @param giverPublicB64 its one-time X25519 key, 32 bytes
 * @param sealNonceB64 of AES-GCM, 12 bytes
 * @param sealedRootB64 root and tag, 48 bytes
 */
public record JoinAnswer(
    String quoteB64, String giverPublicB64, String sealNonceB64, String sealedRootB64) {}
