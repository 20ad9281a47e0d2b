package network.calimero.tee.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.secret.SecretBytes;

/**
 * A node's key on its way from the key server: sealed to the node's one-time key, and bound to its
 * challenge, its peer ID and the key server's transport key (kms-protocol.md, "Sealed release").
 */
public final class SealedRelease {
  /** The shortest key that nodes accept, sealed or not, in bytes (POST /get-key). */
  public static final int MIN_KEY_SIZE = 32;

  /** The longest: 4,096 digits of hex. */
  public static final int MAX_KEY_SIZE = 2_048;

  private static final String DOMAIN = "mero-kms/sealed-key/v1";

  private SealedRelease() {}

  /**
   * Seals a key, at the key server.
   *
   * @param key its lower-case hex text is what is sealed
   * @param challengeNonce 32 bytes
   */
  public static Sealed seal(
      SecretBytes key,
      X25519KeyPair transport,
      X25519PublicKey sealTo,
      Bytes challengeNonce,
      PeerId peer,
      SecureRandom random) {
    byte[] nonce = new byte[Sealed.NONCE_SIZE];
    random.nextBytes(nonce);
    return seal(key, transport, sealTo, challengeNonce, peer.text(), Bytes.of(nonce));
  }

  /**
   * With a nonce that was chosen already: for test vectors, as one that repeats betrays the key.
   */
  static Sealed seal(
      SecretBytes key,
      X25519KeyPair transport,
      X25519PublicKey sealTo,
      Bytes challengeNonce,
      String peerId,
      Bytes nonce) {
    try (SecretBytes text = key.hexText()) {
      return Envelope.seal(
          text,
          transport,
          sealTo,
          context(challengeNonce, transport.publicKey(), sealTo, peerId),
          nonce);
    }
  }

  /**
   * Opens a sealed key, at the node.
   *
   * @param oneTime the pair whose public half was sent as {@code sealToB64}
   * @param transport the key server's, as its quote vouches for it
   * @return the key, for the caller to close
   * @throws UnsealException if it does not open, or is not the hex text of a key of 32 to 2,048
   *     bytes
   */
  public static SecretBytes open(
      Sealed sealed,
      X25519KeyPair oneTime,
      X25519PublicKey transport,
      Bytes challengeNonce,
      PeerId peer)
      throws UnsealException {
    return open(sealed, oneTime, transport, challengeNonce, peer.text());
  }

  static SecretBytes open(
      Sealed sealed,
      X25519KeyPair oneTime,
      X25519PublicKey transport,
      Bytes challengeNonce,
      String peerId)
      throws UnsealException {
    SealContext context = context(challengeNonce, transport, oneTime.publicKey(), peerId);
    try (SecretBytes text = Envelope.open(sealed, oneTime, transport, context)) {
      return HexText.decode(text);
    }
  }

  private static SealContext context(
      Bytes challengeNonce, X25519PublicKey transport, X25519PublicKey sealTo, String peerId) {
    Bytes peer = Bytes.of(peerId.getBytes(StandardCharsets.UTF_8));
    Bytes info = Domain.join(DOMAIN, transport.value(), sealTo.value(), peer);
    return new SealContext(challengeNonce, info, peer);
  }
}
