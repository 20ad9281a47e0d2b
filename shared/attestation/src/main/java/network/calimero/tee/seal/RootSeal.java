package network.calimero.tee.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.secret.SecretBytes;

/**
 * The root of a cluster on its way from one replica to another: sealed to the joiner's one-time
 * key, and bound to its join and the giver's one-time key (kms-protocol.md, "The TDX cluster
 * backend").
 */
public final class RootSeal {
  /** Size of a root, in bytes. */
  public static final int ROOT_SIZE = 32;

  /** Size of a sealed root with its tag, in bytes. */
  public static final int SEALED_SIZE = ROOT_SIZE + Sealed.TAG_SIZE;

  private static final String DOMAIN = "mero-kms/cluster/root-seal/v1";
  private static final Bytes ASSOCIATED = Bytes.of(DOMAIN.getBytes(StandardCharsets.US_ASCII));

  private RootSeal() {}

  /**
   * Seals the root, at the giver.
   *
   * @param root 32 bytes
   * @param giver a pair made for this one join
   * @param joinNonce 32 bytes
   */
  public static Sealed seal(
      SecretBytes root,
      X25519KeyPair giver,
      X25519PublicKey joiner,
      Bytes joinNonce,
      SecureRandom random) {
    byte[] nonce = new byte[Sealed.NONCE_SIZE];
    random.nextBytes(nonce);
    return seal(root, giver, joiner, joinNonce, Bytes.of(nonce));
  }

  /**
   * With a nonce that was chosen already: for test vectors, as one that repeats betrays the root.
   */
  static Sealed seal(
      SecretBytes root, X25519KeyPair giver, X25519PublicKey joiner, Bytes joinNonce, Bytes nonce) {
    if (root.length() != ROOT_SIZE) {
      throw new IllegalArgumentException("a root has " + ROOT_SIZE + " bytes");
    }
    SealContext context = context(joinNonce, giver.publicKey(), joiner);
    return Envelope.seal(root, giver, joiner, context, nonce);
  }

  /**
   * Opens a sealed root, at the joiner.
   *
   * @param joiner the pair whose public half was sent as {@code joinerPublicB64}
   * @return the root, for the caller to close
   * @throws UnsealException if it does not open, or is not as long as a root
   */
  public static SecretBytes open(
      Sealed sealed, X25519KeyPair joiner, X25519PublicKey giver, Bytes joinNonce)
      throws UnsealException {
    if (sealed.ciphertext().length() != SEALED_SIZE) {
      throw new UnsealException(
          UnsealException.Kind.CLOSED,
          "%d sealed bytes, a root has %d".formatted(sealed.ciphertext().length(), SEALED_SIZE));
    }
    return Envelope.open(sealed, joiner, giver, context(joinNonce, giver, joiner.publicKey()));
  }

  private static SealContext context(
      Bytes joinNonce, X25519PublicKey giver, X25519PublicKey joiner) {
    Bytes info = Domain.join(DOMAIN, giver.value(), joiner.value());
    return new SealContext(joinNonce, info, ASSOCIATED);
  }
}
