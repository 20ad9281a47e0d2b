package network.calimero.tee.identity;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import network.calimero.tee.secret.SecretBytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A node's own Ed25519 identity: what signs its requests.
 *
 * <p>{@link #close()} wipes the private half; signing afterwards fails.
 */
public final class PeerKeyPair implements AutoCloseable {

  private static final int SEED = Ed25519.SECRET_KEY_SIZE;
  private static final int PUBLIC = Ed25519.PUBLIC_KEY_SIZE;

  private final SecretBytes seed;
  private final byte[] publicHalf;
  private final PeerPublicKey publicKey;

  private PeerKeyPair(SecretBytes seed) {
    this.seed = seed;
    this.publicHalf = new byte[PUBLIC];
    seed.use(secret -> {
      Ed25519.generatePublicKey(secret, 0, publicHalf, 0);
      return publicHalf;
    });
    try {
      this.publicKey = PeerPublicKey.decode(KeyMessage.encode(KeyType.ED25519, publicHalf));
    } catch (InvalidPeerPublicKeyException e) {
      throw new IllegalStateException("a computed public key is always valid", e);
    }
  }

  /** A new identity from 32 bytes of the given source. */
  public static PeerKeyPair generate(SecureRandom random) {
    byte[] seed = new byte[SEED];
    random.nextBytes(seed);
    return new PeerKeyPair(SecretBytes.moveFrom(seed));
  }

  /**
   * Reads libp2p's {@code PrivateKey} protobuf: type Ed25519, data = seed (32) ‖ public key (32).
   * The caller's array is left as it is.
   *
   * @throws InvalidIdentityException if it is not that, or the halves do not belong together
   */
  public static PeerKeyPair decode(byte[] protobuf) throws InvalidIdentityException {
    KeyMessage message =
        KeyMessage.decode(protobuf)
            .orElseThrow(() ->
                new InvalidIdentityException("private key is not a canonical libp2p protobuf"));
    try {
      return decode(message);
    } finally {
      message.wipe();
    }
  }

  private static PeerKeyPair decode(KeyMessage message) throws InvalidIdentityException {
    if (message.type() != KeyType.ED25519.code() || message.data().length != SEED + PUBLIC) {
      throw new InvalidIdentityException(
          "private key is not an Ed25519 one of 64 bytes; only that type can be an own identity");
    }
    byte[] seed = Arrays.copyOf(message.data(), SEED);
    PeerKeyPair pair = new PeerKeyPair(SecretBytes.moveFrom(seed));
    byte[] stated = Arrays.copyOfRange(message.data(), SEED, SEED + PUBLIC);
    if (!MessageDigest.isEqual(stated, pair.publicHalf)) {
      pair.close();
      throw new InvalidIdentityException("private key does not belong to its public half");
    }
    return pair;
  }

  /** What {@link #decode} reads, as a secret. */
  public SecretBytes encode() {
    return seed.use(secret -> {
      byte[] data = Arrays.copyOf(secret, SEED + PUBLIC);
      System.arraycopy(publicHalf, 0, data, SEED, PUBLIC);
      byte[] message = KeyMessage.encode(KeyType.ED25519, data);
      Arrays.fill(data, (byte) 0);
      return SecretBytes.moveFrom(message);
    });
  }

  /** The public half. */
  public PeerPublicKey publicKey() {
    return publicKey;
  }

  /** This node's ID. */
  public PeerId peerId() {
    return publicKey.peerId();
  }

  /**
   * Signs a message; always the same 64 bytes for the same message.
   *
   * @throws IllegalStateException when closed
   */
  public byte[] sign(byte[] message) {
    return seed.use(secret -> {
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      Ed25519.sign(secret, 0, publicHalf, 0, message, 0, message.length, signature, 0);
      return signature;
    });
  }

  /** Wipes the private half. */
  @Override
  public void close() {
    seed.close();
  }

  /** The peer ID only. */
  @Override
  public String toString() {
    return "key pair of " + peerId();
  }
}
