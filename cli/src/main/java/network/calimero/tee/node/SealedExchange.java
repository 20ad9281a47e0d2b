package network.calimero.tee.node;

import network.calimero.tee.identity.PeerId;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.UnsealException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * One request for a sealed key and what opens its answer. {@link #close()} wipes the one-time key.
 */
public final class SealedExchange implements AutoCloseable {
  private final KmsClient kms;
  private final KeyRequest request;
  private final Challenge challenge;
  private final PeerId peer;
  private final X25519KeyPair oneTime;
  private final X25519PublicKey transport;

  SealedExchange(
      KmsClient kms,
      KeyRequest request,
      Challenge challenge,
      PeerId peer,
      X25519KeyPair oneTime,
      X25519PublicKey transport) {
    this.kms = kms;
    this.request = request;
    this.challenge = challenge;
    this.peer = peer;
    this.oneTime = oneTime;
    this.transport = transport;
  }

  /** What is sent, and what whoever listens gets to see. */
  public KeyRequest request() {
    return request;
  }

  /**
   * Sends the request and opens the answer.
   *
   * @return the key, for the caller to close
   * @throws NodeException if the KMS gives none, or one that does not open under the transport key
   */
  public ReleasedKey complete() throws NodeException {
    return open(send());
  }

  /** Sends the request. */
  Sealed send() throws NodeException {
    return kms.getSealedKey(request);
  }

  /** Opens the answer. */
  ReleasedKey open(Sealed answer) throws NodeException {
    try {
      return ReleasedKey.of(
          SealedRelease.open(answer, oneTime, transport, challenge.nonce(), peer));
    } catch (UnsealException e) {
      throw switch (e.kind()) {
        case CLOSED ->
            new NodeException(
                Code.SEAL_BROKEN, "the sealed key does not open: " + e.getMessage(), e);
        case NO_KEY ->
            new NodeException(Code.KEY_UNUSABLE, "the sealed key opens, but " + e.getMessage(), e);
      };
    }
  }

  @Override
  public void close() {
    oneTime.close();
  }
}
