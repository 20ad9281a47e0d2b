package network.calimero.tee.seal;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.secret.SecretBytes;

/** HKDF with SHA-256, extract and expand (RFC 5869). */
public final class Hkdf {
  private static final String ALGORITHM = "HKDF-SHA256";

  private Hkdf() {}

  /**
   * Derives a secret from a secret.
   *
   * @param info says what it is for
   * @param size of the result in bytes, 1 to 8,160
   * @return for the caller to close
   */
  public static SecretBytes derive(SecretBytes input, Bytes salt, Bytes info, int size) {
    try {
      return input.<SecretBytes, GeneralSecurityException>use(secret ->
          SecretBytes.moveFrom(
              KDF.getInstance(ALGORITHM)
                  .deriveData(
                      HKDFParameterSpec.ofExtract()
                          .addIKM(secret)
                          .addSalt(salt.toArray())
                          .thenExpand(info.toArray(), size))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
