package network.calimero.tee.seal;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.secret.SecretBytes;

/** X25519, HKDF-SHA-256 (RFC 5869) and AES-256-GCM put together (kms-protocol.md). */
final class Envelope {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_SIZE = 32;

  private Envelope() {}

  static Sealed seal(
      SecretBytes plaintext,
      X25519KeyPair mine,
      X25519PublicKey theirs,
      SealContext context,
      Bytes nonce) {
    try {
      byte[] sealed =
          plaintext.<byte[], GeneralSecurityException>use(
              secret -> cipher(Cipher.ENCRYPT_MODE, mine, theirs, context, nonce).doFinal(secret));
      return new Sealed(Bytes.of(sealed), nonce);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  static SecretBytes open(
      Sealed sealed, X25519KeyPair mine, X25519PublicKey theirs, SealContext context)
      throws UnsealException {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, mine, theirs, context, sealed.nonce());
      return SecretBytes.moveFrom(cipher.doFinal(sealed.ciphertext().toArray()));
    } catch (AEADBadTagException e) {
      throw new UnsealException(
          UnsealException.Kind.CLOSED,
          "it was sealed to another key, for another request, or was altered on its way");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  private static Cipher cipher(
      int mode, X25519KeyPair mine, X25519PublicKey theirs, SealContext context, Bytes nonce)
      throws GeneralSecurityException {
    try (SecretBytes agreed = mine.agree(theirs);
        SecretBytes key = Hkdf.derive(agreed, context.salt(), context.info(), KEY_SIZE)) {
      return key.<Cipher, GeneralSecurityException>use(bytes -> {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
            mode,
            new SecretKeySpec(bytes, "AES"),
            new GCMParameterSpec(Sealed.TAG_SIZE * Byte.SIZE, nonce.toArray()));
        cipher.updateAAD(context.associatedData().toArray());
        return cipher;
      });
    }
  }
}
