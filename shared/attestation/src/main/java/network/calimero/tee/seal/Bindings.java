package network.calimero.tee.seal;

import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.PeerId;

/**
 * Second halves of report data, which tie a quote to what it was made for (kms-protocol.md). Each
 * has 32 bytes.
 */
public final class Bindings {
  /** Of a key server's quote that vouches for no key, on dstack; fixed, and known to everybody. */
  public static final Bytes ATTEST_DSTACK = Sha256.of("mero-kms-phala-attest-v1");

  /** The same in a cluster of TDX VMs. */
  public static final Bytes ATTEST_CLUSTER = Sha256.of("mero-kms-attest-v1");

  private static final String ATTEST_TRANSPORT_KEY = "mero-kms/attest-transport-key/v1";
  private static final String SEALED_GET_KEY = "mero-kms/sealed-get-key/v1";
  private static final String CLUSTER_JOIN = "mero-kms/cluster/join/v1";
  private static final String CLUSTER_GIVE = "mero-kms/cluster/give/v1";
  private static final String SELF_MEASUREMENT = "mero-kms/self-measurement/v1";

  private Bindings() {}

  /** Of a node's quote that asks for a plain key: SHA-256 of the peer ID. */
  public static Bytes plainGetKey(PeerId peer) {
    return Sha256.of(peer.text());
  }

  /** Of a node's quote that asks for a key sealed to {@code sealTo}. */
  public static Bytes sealedGetKey(X25519PublicKey sealTo, PeerId peer) {
    return sealedGetKey(sealTo, peer.text());
  }

  static Bytes sealedGetKey(X25519PublicKey sealTo, String peerId) {
    Bytes peer = Bytes.of(peerId.getBytes(StandardCharsets.UTF_8));
    return Sha256.of(Domain.join(SEALED_GET_KEY, sealTo.value(), peer));
  }

  /**
   * Of a key server's quote that vouches for its transport key.
   *
   * @param binding 32 bytes: what the quote would be bound to without that key
   */
  public static Bytes attestTransportKey(Bytes binding, X25519PublicKey transport) {
    return Sha256.of(Domain.join(ATTEST_TRANSPORT_KEY, binding, transport.value()));
  }

  /** Of a replica's quote that asks for the root of its cluster. */
  public static Bytes clusterJoin(X25519PublicKey joiner) {
    return Sha256.of(Domain.join(CLUSTER_JOIN, joiner.value()));
  }

  /** Of a replica's quote that vouches for the sealed root that it gives. */
  public static Bytes clusterGive(
      X25519PublicKey joiner, X25519PublicKey giver, Sealed sealedRoot) {
    return Sha256.of(
        Domain.join(
            CLUSTER_GIVE,
            joiner.value(),
            giver.value(),
            sealedRoot.nonce(),
            sealedRoot.ciphertext()));
  }

  /**
   * Of the quote by which a replica measures itself at start: this one is the first half, and the
   * second is zero (kms-config.md, "Start-up of a TDX replica").
   */
  public static Bytes selfMeasurement() {
    return Sha256.of(SELF_MEASUREMENT);
  }
}
