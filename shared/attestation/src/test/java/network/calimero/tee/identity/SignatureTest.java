package network.calimero.tee.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.identity.TestKeys.der;
import static network.calimero.tee.identity.TestKeys.derSignature;
import static network.calimero.tee.identity.TestKeys.protobuf;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Signatures of all four types, made by other code, and everything that is not one. */
class SignatureTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = "payload".getBytes(UTF_8);
  private static final BigInteger SECRET = new BigInteger("123456789abcdef0fedcba987654321", 16);

  /** A key with its signature over {@link #MESSAGE}. */
  private static final class Signed {

    private final PeerPublicKey key;
    private final byte[] signature;

    Signed(byte[] protobuf, byte[] signature) throws InvalidPeerPublicKeyException {
      this.key = PeerPublicKey.decode(protobuf);
      this.signature = signature;
    }

    PeerPublicKey key() {
      return key;
    }

    byte[] bytes() {
      return signature.clone();
    }
  }

  @Test
  void verifiesForItsMessageAndKeyOnly() throws Exception {
    List<Signed> all = oneOfEachType();
    for (Signed signed : all) {
      assertThat(signed.key().verify(MESSAGE, signed.bytes())).isTrue();
      assertThat(signed.key().verify("Payload".getBytes(UTF_8), signed.bytes())).isFalse();
      assertThat(signed.key().verify(new byte[0], signed.bytes())).isFalse();
      for (Signed other : all) {
        assertThat(other.key().verify(MESSAGE, signed.bytes())).isEqualTo(other == signed);
      }
    }
  }

  @Test
  void failsWithAnyBitOfItsOwnChanged() throws Exception {
    for (Signed signed : oneOfEachType()) {
      byte[] signature = signed.bytes();
      for (int i = 0; i < signature.length; i++) {
        signature[i] ^= (byte) (1 << (i % 8));
        assertThat(signed.key().verify(MESSAGE, signature)).as("byte " + i).isFalse();
        signature[i] ^= (byte) (1 << (i % 8));
      }
    }
  }

  @Test
  void failsQuietlyOnGarbage() throws Exception {
    Random random = new Random(4);
    for (Signed signed : oneOfEachType()) {
      byte[] good = signed.bytes();
      for (int length = 0; length < 80; length++) {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        assertThat(signed.key().verify(MESSAGE, garbage)).isFalse();
        assertThat(signed.key().verify(MESSAGE, new byte[length])).isFalse();
      }
      for (int length = 0; length < good.length; length++) {
        assertThat(signed.key().verify(MESSAGE, Arrays.copyOf(good, length))).isFalse();
      }
      assertThat(signed.key().verify(MESSAGE, Arrays.copyOf(good, good.length + 1))).isFalse();
      assertThat(signed.key().verify(MESSAGE, new byte[100_000])).isFalse();
    }
  }

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void ed25519AgreesWithItsStandard() throws Exception {
    PeerPublicKey key =
        PeerPublicKey.decode(
            protobuf(
                1,
                HEX.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")));
    byte[] signature =
        HEX.parseHex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(key.verify(new byte[] {0x72}, signature)).isTrue();
  }

  /** RFC 8032, section 5.1.7: S is below the group order, so that S + L is another signature. */
  @Test
  void ed25519ScalarsAreReduced() throws Exception {
    Signed signed = ed25519();
    byte[] signature = signed.bytes();
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] more = new BigInteger(1, scalar).add(order).toByteArray();
    byte[] padded = new byte[32];
    System.arraycopy(more, 0, padded, 32 - more.length, more.length);
    System.arraycopy(reversed(padded), 0, signature, 32, 32);
    assertThat(signed.key().verify(MESSAGE, signature)).isFalse();
  }

  @Test
  void secp256k1AcceptsBothHalvesOfS() throws Exception {
    BigInteger[] rs = TestKeys.signSecp256k1(SECRET, MESSAGE);
    PeerPublicKey key = PeerPublicKey.decode(protobuf(2, TestKeys.secp256k1Public(SECRET)));
    BigInteger otherS = TestKeys.SECP256K1.getN().subtract(rs[1]);
    assertThat(key.verify(MESSAGE, derSignature(rs[0], rs[1]))).isTrue();
    assertThat(key.verify(MESSAGE, derSignature(rs[0], otherS))).isTrue();
  }

  @Test
  void ecdsaSignaturesAreStrictDer() throws Exception {
    BigInteger[] rs = TestKeys.signSecp256k1(SECRET, MESSAGE);
    BigInteger order = TestKeys.SECP256K1.getN();
    PeerPublicKey key = PeerPublicKey.decode(protobuf(2, TestKeys.secp256k1Public(SECRET)));
    byte[] r = der(0x02, rs[0].toByteArray());
    byte[] s = der(0x02, rs[1].toByteArray());
    byte[] good = der(0x30, r, s);
    byte[] value = rs[0].toByteArray();
    byte[] padded = new byte[value.length + 1];
    System.arraycopy(value, 0, padded, 1, value.length);
    byte[] longForm = new byte[good.length + 1];
    longForm[0] = 0x30;
    longForm[1] = (byte) 0x81;
    System.arraycopy(good, 1, longForm, 2, good.length - 1);
    byte[] indefinite = Arrays.copyOf(good, good.length + 2);
    indefinite[1] = (byte) 0x80;
    assertThat(key.verify(MESSAGE, good)).isTrue();
    for (byte[] bad :
        new byte[][] {
          der(0x30, der(0x02, padded), s),
          der(0x30, r, s, new byte[] {5, 0}),
          der(0x31, r, s),
          der(0x30, r),
          der(0x30, s, r),
          der(0x30, r, der(0x04, rs[1].toByteArray())),
          longForm,
          indefinite,
          derSignature(BigInteger.ZERO, rs[1]),
          derSignature(rs[0], BigInteger.ZERO),
          derSignature(rs[0].negate(), rs[1]),
          derSignature(rs[0], order),
          derSignature(rs[0], rs[1].add(order)),
          derSignature(rs[0].add(order), rs[1]),
          // r ‖ s as other protocols write them.
          fixedSize(rs)
        }) {
      assertThat(key.verify(MESSAGE, bad)).as(HEX.formatHex(bad)).isFalse();
    }
  }

  @Test
  void nothingFollowsAnEcdsaSignatureHoweverShortItIs() throws Exception {
    PeerPublicKey key = PeerPublicKey.decode(protobuf(2, TestKeys.secp256k1Public(SECRET)));
    int tried = 0;
    byte[] message = {};
    byte[] shortest = new byte[100];
    while (shortest.length > 70) {
      message = new byte[] {(byte) tried++};
      BigInteger[] rs = TestKeys.signSecp256k1(SECRET, message);
      shortest = derSignature(rs[0], rs[1]);
    }
    assertThat(key.verify(message, shortest)).isTrue();
    byte[] followed = Arrays.copyOf(shortest, shortest.length + 2);
    followed[1] = (byte) (followed[1] + 2);
    followed[shortest.length] = 5;
    assertThat(key.verify(message, followed)).isFalse();
  }

  @Test
  void rsaSignaturesOfOtherSchemesAreNone() throws Exception {
    KeyPair pair = TestKeys.rsa(2048);
    PeerPublicKey key = PeerPublicKey.decode(protobuf(0, pair.getPublic().getEncoded()));
    assertThat(key.verify(MESSAGE, TestKeys.sign("SHA256withRSA", pair.getPrivate(), MESSAGE)))
        .isTrue();
    for (String other : List.of("SHA1withRSA", "SHA512withRSA", "NONEwithRSA")) {
      assertThat(key.verify(MESSAGE, TestKeys.sign(other, pair.getPrivate(), MESSAGE))).isFalse();
    }
  }

  private static List<Signed> oneOfEachType() throws Exception {
    KeyPair rsa = TestKeys.rsa(2048);
    KeyPair p256 = TestKeys.p256();
    BigInteger[] rs = TestKeys.signSecp256k1(SECRET, MESSAGE);
    return List.of(
        new Signed(
            protobuf(0, rsa.getPublic().getEncoded()),
            TestKeys.sign("SHA256withRSA", rsa.getPrivate(), MESSAGE)),
        ed25519(),
        new Signed(protobuf(2, TestKeys.secp256k1Public(SECRET)), derSignature(rs[0], rs[1])),
        new Signed(
            protobuf(3, p256.getPublic().getEncoded()),
            TestKeys.sign("SHA256withECDSA", p256.getPrivate(), MESSAGE)));
  }

  /** Made by the JDK; its public key ends in the 32 raw bytes. */
  private static Signed ed25519() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new Signed(protobuf(1, raw), TestKeys.sign("Ed25519", pair.getPrivate(), MESSAGE));
  }

  private static byte[] fixedSize(BigInteger[] rs) {
    byte[] both = new byte[64];
    for (int i = 0; i < 2; i++) {
      byte[] value = rs[i].toByteArray();
      int take = Math.min(32, value.length);
      System.arraycopy(value, value.length - take, both, 32 * i + 32 - take, take);
    }
    return both;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
