package network.calimero.tee.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.secret.SecretBytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;

/** Compared with the formulas of kms-protocol.md, worked out here with other code. */
class RootSealTest {
  private static final Bytes NONCE = repeated(0x11, 32);
  private static final Bytes SEAL_NONCE = repeated(0x44, 12);

  private final SecretBytes root = SecretBytes.copyOf(repeated(0x07, 32).toArray());
  private final X25519KeyPair giver = pair(0x22);
  private final X25519KeyPair joiner = pair(0x33);

  private static Bytes repeated(int value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  private static X25519KeyPair pair(int value) {
    return new X25519KeyPair(SecretBytes.copyOf(repeated(value, 32).toArray()));
  }

  private static byte[] concat(String domain, Bytes... parts) {
    byte[] all = domain.getBytes(StandardCharsets.US_ASCII);
    for (Bytes part : parts) {
      int end = all.length;
      all = Arrays.copyOf(all, end + part.length());
      System.arraycopy(part.toArray(), 0, all, end, part.length());
    }
    return all;
  }

  private Sealed seal() {
    return RootSeal.seal(root, giver, joiner.publicKey(), NONCE, SEAL_NONCE);
  }

  @Test
  void sealsByTheFormula() throws Exception {
    byte[] agreed = new byte[32];
    X25519.calculateAgreement(
        repeated(0x22, 32).toArray(), 0, joiner.publicKey().value().toArray(), 0, agreed, 0);
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    byte[] info =
        concat(
            "mero-kms/cluster/root-seal/v1", giver.publicKey().value(), joiner.publicKey().value());
    hkdf.init(new HKDFParameters(agreed, NONCE.toArray(), info));
    byte[] key = new byte[32];
    hkdf.generateBytes(key, 0, key.length);
    var gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    byte[] associated = concat("mero-kms/cluster/root-seal/v1");
    gcm.init(
        true, new AEADParameters(new KeyParameter(key), 128, SEAL_NONCE.toArray(), associated));
    byte[] expected = new byte[RootSeal.SEALED_SIZE];
    int length = gcm.processBytes(repeated(0x07, 32).toArray(), 0, 32, expected, 0);
    gcm.doFinal(expected, length);

    assertThat(seal().ciphertext()).isEqualTo(Bytes.of(expected));
  }

  @Test
  void bindsJoinsAndGiftsByTheFormula() {
    Bytes joinerKey = joiner.publicKey().value();
    Bytes giverKey = giver.publicKey().value();
    Sealed sealed = seal();

    assertThat(Bindings.clusterJoin(joiner.publicKey()))
        .isEqualTo(Sha256.of(Bytes.of(concat("mero-kms/cluster/join/v1", joinerKey))));
    assertThat(Bindings.clusterGive(joiner.publicKey(), giver.publicKey(), sealed))
        .isEqualTo(
            Sha256.of(
                Bytes.of(
                    concat(
                        "mero-kms/cluster/give/v1",
                        joinerKey,
                        giverKey,
                        sealed.nonce(),
                        sealed.ciphertext()))));
    assertThat(Bindings.selfMeasurement()).isEqualTo(Sha256.of("mero-kms/self-measurement/v1"));
  }

  @Test
  void opensForTheJoinerOfThisJoinOnly() throws Exception {
    Sealed sealed = seal();

    assertThat(RootSeal.open(sealed, joiner, giver.publicKey(), NONCE)).isEqualTo(root);
    assertDoesNotOpen(sealed, pair(0x34), giver.publicKey(), NONCE);
    assertDoesNotOpen(sealed, joiner, pair(0x23).publicKey(), NONCE);
    assertDoesNotOpen(sealed, joiner, giver.publicKey(), repeated(0x12, 32));
  }

  private static void assertDoesNotOpen(
      Sealed sealed, X25519KeyPair joiner, X25519PublicKey giver, Bytes nonce) {
    assertThatThrownBy(() -> RootSeal.open(sealed, joiner, giver, nonce))
        .isInstanceOf(UnsealException.class);
  }

  @Test
  void opensOnlyUnalteredAndOnlyAsLongAsARoot() {
    byte[] sealed = seal().ciphertext().toArray();
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertDoesNotOpen(
          new Sealed(Bytes.of(altered), SEAL_NONCE), joiner, giver.publicKey(), NONCE);
    }
    for (int length : new int[] {16, 47, 49, 1 << 20}) {
      Sealed other = new Sealed(Bytes.of(Arrays.copyOf(sealed, length)), SEAL_NONCE);
      assertThatThrownBy(() -> RootSeal.open(other, joiner, giver.publicKey(), NONCE))
          .isInstanceOf(UnsealException.class)
          .hasMessageContaining("a root has 48");
    }
  }

  @Test
  void takesANewNonceEachTimeAndNothingButRoots() {
    SecureRandom random = new SecureRandom();
    Sealed one = RootSeal.seal(root, giver, joiner.publicKey(), NONCE, random);
    Sealed two = RootSeal.seal(root, giver, joiner.publicKey(), NONCE, random);
    assertThat(one.nonce()).isNotEqualTo(two.nonce());

    SecretBytes shorter = SecretBytes.copyOf(new byte[31]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RootSeal.seal(shorter, giver, joiner.publicKey(), NONCE, random));
  }
}
