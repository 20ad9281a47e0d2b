package network.calimero.tee.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Sealed release by the letter, with the JDK's own X25519 and without any code under test. */
final class StubSealing {
  private final KeyPair transport = keyPair();

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] join(String domain, byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(domain.getBytes(US_ASCII));
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  byte[] transportKey() {
    byte[] bigEndian = ((XECPublicKey) transport.getPublic()).getU().toByteArray();
    byte[] littleEndian = new byte[32];
    for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
      littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return littleEndian;
  }

  String sealedKey(String key, byte[] sealTo, byte[] challengeNonce, String peerId) {
    byte[] nonce = Arrays.copyOf(sealTo, 12);
    byte[] peer = peerId.getBytes(UTF_8);
    byte[] info = join("mero-kms/sealed-key/v1", transportKey(), sealTo, peer);
    try {
      HKDFParameterSpec parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(agree(sealTo))
              .addSalt(challengeNonce)
              .thenExpand(info, 32);
      byte[] sealingKey = KDF.getInstance("HKDF-SHA256").deriveData(parameters);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(sealingKey, "AES"),
          new GCMParameterSpec(128, nonce));
      cipher.updateAAD(peer);
      return "{\"sealedKeyB64\":\"%s\",\"sealNonceB64\":\"%s\"}"
          .formatted(base64(cipher.doFinal(key.getBytes(US_ASCII))), base64(nonce));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] agree(byte[] sealTo) throws GeneralSecurityException {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = sealTo[31 - i];
    }
    PublicKey theirs =
        KeyFactory.getInstance("X25519")
            .generatePublic(
                new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(transport.getPrivate());
    agreement.doPhase(theirs, true);
    return agreement.generateSecret();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
