package network.calimero.tee.node;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * A node that fetches its key (kms-protocol.md): challenge, a quote of its own over nonce and peer
 * ID, a signed request. Whether the KMS deserves it is for {@link KmsVerifier}, before.
 */
public final class NodeClient {
  private final KmsClient kms;
  private final QuoteProvider machine;
  private final PeerKeyPair identity;
  private final InstantSource clock;

  /**
   * A node.
   *
   * @param machine what makes quotes of the machine that it runs on
   * @param identity its own; stays the caller's to close
   */
  public NodeClient(
      KmsClient kms, QuoteProvider machine, PeerKeyPair identity, InstantSource clock) {
    this.kms = kms;
    this.machine = machine;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Everything up to the request for a sealed key, which is not sent yet. Only this node can open
   * the answer.
   *
   * @param transport the KMS's transport key, which a quote must have vouched for: see {@link
   *     KmsVerifier#assessWithTransportKey}
   * @throws NodeException if there is no challenge
   * @throws GuestException if this machine gives no quote
   */
  public SealedExchange begin(X25519PublicKey transport) throws NodeException, GuestException {
    return begin(challenge(), transport);
  }

  /** The same with a challenge that is there. */
  SealedExchange begin(Challenge challenge, X25519PublicKey transport)
      throws NodeException, GuestException {
    X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom());
    try {
      KeyRequest request = request(challenge, Optional.of(oneTime.publicKey()));
      return new SealedExchange(kms, request, challenge, identity.peerId(), oneTime, transport);
    } catch (NodeException | GuestException | RuntimeException e) {
      oneTime.close();
      throw e;
    }
  }

  /**
   * The whole exchange, once, with a KMS that cannot seal: whoever ends the TLS connection sees the
   * key.
   *
   * @return the key, for the caller to close
   * @throws NodeException if the KMS gives none that a node takes
   * @throws GuestException if this machine gives no quote
   */
  public ReleasedKey fetchPlainKey() throws NodeException, GuestException {
    return kms.getKey(request(challenge(), Optional.empty()));
  }

  /**
   * A challenge for this node that is still in time.
   *
   * @throws NodeException if there is none
   */
  public Challenge challenge() throws NodeException {
    Challenge challenge = kms.challenge(identity.peerId());
    Instant now = clock.instant();
    if (!challenge.expiresAt().isAfter(now)) {
      throw new NodeException(
          Code.CHALLENGE_EXPIRED,
          "the challenge expired at %s, and here it is %s"
              .formatted(challenge.expiresAt(), now.truncatedTo(ChronoUnit.SECONDS)));
    }
    return challenge;
  }

  /**
   * The signed request that answers a challenge with a fresh quote of this machine.
   *
   * @param sealTo the one-time key that the answer is to be sealed to; empty: it is to come plain
   * @throws NodeException if the machine's quote is not over what it was asked for
   * @throws GuestException if the machine gives none
   */
  public KeyRequest request(Challenge challenge, Optional<X25519PublicKey> sealTo)
      throws NodeException, GuestException {
    Bytes reportData = KeyRequest.reportData(challenge, identity.peerId(), sealTo).value();
    Bytes quote = Bytes.of(machine.quote(reportData.toArray()).quote());
    requireOver(reportData, quote);
    return KeyRequest.sign(challenge, quote, identity, sealTo);
  }

  /** A wrong quote is found here, where its maker is known, before a KMS refuses it. */
  private static void requireOver(Bytes reportData, Bytes quote) throws NodeException {
    try {
      Bytes found = Quote.parse(quote).body().reportData().value();
      if (!found.equals(reportData)) {
        throw new NodeException(
            Code.OWN_QUOTE_WRONG,
            "this machine's quote is over %s, not over the %s asked for"
                .formatted(found, reportData));
      }
    } catch (QuoteFormatException e) {
      throw new NodeException(
          Code.OWN_QUOTE_WRONG, "what this machine gave is not a quote: " + e.getMessage(), e);
    }
  }
}
