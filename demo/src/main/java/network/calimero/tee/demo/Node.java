package network.calimero.tee.demo;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.Challenge;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeClient;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.ReleasedKey;
import network.calimero.tee.node.SealedExchange;
import network.calimero.tee.seal.X25519PublicKey;

/** A node with an identity of its own, on the machine that nodes run on. */
final class Node implements AutoCloseable {
  private final KmsClient kms;
  private final PeerKeyPair identity;
  private final NodeClient client;

  Node(KmsClient kms, QuoteProvider machine) {
    this(kms, InstantSource.system(), machine);
  }

  Node(KmsClient kms, InstantSource clock, QuoteProvider machine) {
    this.kms = kms;
    this.identity = PeerKeyPair.generate(new SecureRandom());
    this.client = new NodeClient(kms, machine, identity, clock);
  }

  PeerKeyPair identity() {
    return identity;
  }

  PeerId peerId() {
    return identity.peerId();
  }

  Challenge challenge() throws NodeException {
    return client.challenge();
  }

  /** What a node does for its key, up to sending its request. */
  SealedExchange begin(X25519PublicKey transport) throws NodeException, GuestException {
    return client.begin(transport);
  }

  /** A request for a plain key that answers a challenge with any bytes in place of a quote. */
  KeyRequest request(Challenge challenge, byte[] quote) {
    return KeyRequest.sign(challenge, Bytes.of(quote), identity, Optional.empty());
  }

  ReleasedKey send(KeyRequest request) throws NodeException {
    return kms.getKey(request);
  }

  @Override
  public void close() {
    identity.close();
  }
}
