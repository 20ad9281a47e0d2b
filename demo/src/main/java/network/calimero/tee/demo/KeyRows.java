package network.calimero.tee.demo;

import java.util.Objects;
import java.util.Optional;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.ReleasedKey;
import network.calimero.tee.node.SealedExchange;
import network.calimero.tee.seal.X25519PublicKey;
import org.jspecify.annotations.Nullable;

/** Nodes that fetch keys, and what must hold between those keys. Never shows one. */
final class KeyRows implements AutoCloseable {
  private static final int FINGERPRINT = 12;

  private @Nullable ReleasedKey first;
  private @Nullable KeyRequest used;
  private @Nullable X25519PublicKey transport;

  /** From here on keys are opened as sealed with that key, for its quote was checked. */
  void seal(X25519PublicKey attested) {
    transport = attested;
  }

  private X25519PublicKey transport() {
    return Objects.requireNonNull(transport, "the KMS was not found genuine");
  }

  /** The first key of all. */
  Outcome first(Node node) throws NodeException, GuestException {
    try (SealedExchange exchange = node.begin(transport())) {
      used = exchange.request();
      first = exchange.complete();
    }
    return Outcome.good(
        fingerprint(first),
        "SHA-256 of a key of %d bytes, sealed to peer %s".formatted(first.length(), node.peerId()));
  }

  /** The same node must get the same key. */
  Outcome same(Node node) throws NodeException, GuestException {
    return compared(node, true, "the same key, by another challenge and another quote");
  }

  /** Another node must get another key. */
  Outcome other(Node node) throws NodeException, GuestException {
    return compared(node, false, "another key, for peer " + node.peerId());
  }

  private Outcome compared(Node node, boolean alike, String reason)
      throws NodeException, GuestException {
    try (SealedExchange exchange = node.begin(transport());
        ReleasedKey key = exchange.complete()) {
      if (first == null) {
        return Outcome.bad(fingerprint(key), "there is no first key to compare it with");
      }
      return key.isSameAs(first) == alike
          ? Outcome.good(fingerprint(key), reason)
          : Outcome.bad(fingerprint(key), "not " + reason);
    }
  }

  private static String fingerprint(ReleasedKey key) {
    return "key " + key.fingerprint().substring(0, FINGERPRINT) + "…";
  }

  /** The request that was answered with the first key. */
  Optional<KeyRequest> used() {
    return Optional.ofNullable(used);
  }

  @Override
  public void close() {
    if (first != null) {
      first.close();
    }
  }
}
