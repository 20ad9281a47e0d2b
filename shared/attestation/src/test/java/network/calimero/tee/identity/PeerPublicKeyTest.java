package network.calimero.tee.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.identity.TestKeys.der;
import static network.calimero.tee.identity.TestKeys.protobuf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.InvalidPeerPublicKeyException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are a public key; signatures are in {@link SignatureTest}. */
class PeerPublicKeyTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] ED25519 =
      HEX.parseHex("080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");
  private static final byte[] ED25519_POINT = Arrays.copyOfRange(ED25519, 4, 36);
  private static final byte[] SECP256K1 =
      HEX.parseHex("08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99");
  private static final byte[] RSA_ALGORITHM = HEX.parseHex("300d06092a864886f70d0101010500");
  private static final BigInteger F4 = BigInteger.valueOf(65_537);

  @Test
  void comesBackAsItWasGiven() throws Exception {
    for (byte[] encoded : new byte[][] {ED25519, SECP256K1}) {
      PeerPublicKey key = PeerPublicKey.decode(encoded);
      assertThat(key.protobuf()).isEqualTo(encoded);
      assertThat(key).isEqualTo(PeerPublicKey.decode(encoded)).hasToString(key.toString());
    }
    assertThat(PeerPublicKey.decode(ED25519).type()).isEqualTo(KeyType.ED25519);
    assertThat(PeerPublicKey.decode(SECP256K1).type()).isEqualTo(KeyType.SECP256K1);
    assertThat(PeerPublicKey.decode(ED25519)).isNotEqualTo(PeerPublicKey.decode(SECP256K1));
  }

  @Test
  void cannotBeChangedThroughItsArrays() throws Exception {
    byte[] given = ED25519.clone();
    PeerPublicKey key = PeerPublicKey.decode(given);
    given[10] ^= 1;
    key.protobuf()[10] ^= 1;
    assertThat(key.protobuf()).isEqualTo(ED25519);
  }

  @Test
  void rsaAndEcdsaKeysAreNamedByTheirHash() throws Exception {
    byte[] rsa = protobuf(0, TestKeys.rsa(2048).getPublic().getEncoded());
    byte[] ecdsa = protobuf(3, TestKeys.p256().getPublic().getEncoded());
    for (byte[] encoded : new byte[][] {rsa, ecdsa}) {
      PeerPublicKey key = PeerPublicKey.decode(encoded);
      byte[] multihash = Base58.decode(key.peerId().text()).orElseThrow();
      assertThat(multihash).hasSize(34).startsWith(0x12, 0x20);
      assertThat(Arrays.copyOfRange(multihash, 2, 34)).isEqualTo(Sha256.of(encoded));
      assertThat(key.peerId().text()).startsWith("Qm");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | nothing",
        "08 | a tag alone",
        "0801 | no data",
        "080112 | no length",
        "08011220 | no content",
        "1220%s 0801 | fields in the other order",
        "08811220%s | type that continues",
        "0881001220%s | type in two bytes",
        "080112a000%s | length in two bytes",
        "080112a08000%s | length in three bytes",
        "0801121f%s | length too small",
        "08011221%s | length too large",
        "08011220%s00 | a byte left over",
        "08011220%s0801 | type twice",
        "08011220%s1220%s | data twice",
        "080108011220%s | type twice in front",
        "08011220%s1801 | an unknown field",
        "1801 08011220%s | an unknown field in front",
        "0a011220%s | type as bytes",
        "08011020%s | data as varint",
        "0801121f | truncated"
      })
  void hasOneCanonicalEncoding(String hex, String why) {
    String point = HEX.formatHex(ED25519_POINT);
    byte[] encoded = HEX.parseHex(hex.replace("%s", point).replace(" ", ""));
    assertThat(refusal(encoded)).as(why).isEqualTo(Reason.NOT_CANONICAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 127})
  void hasAKnownType(int type) {
    assertThat(refusal(protobuf(type, ED25519_POINT))).isEqualTo(Reason.UNKNOWN_TYPE);
  }

  @Test
  void isMeasuredBeforeItIsRead() {
    assertThat(refusal(new byte[PeerPublicKey.MAX_LENGTH + 1])).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal(new byte[PeerPublicKey.MAX_LENGTH])).isEqualTo(Reason.NOT_CANONICAL);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        // The neutral element, points of order 2, 4 and 8, and y = p + 1 for the neutral one.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // No point at all.
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  void ed25519KeysAreInThePrimeOrderGroup(String point) {
    assertThat(refusal(protobuf(1, HEX.parseHex(point)))).isEqualTo(Reason.BAD_KEY);
  }

  /** (-x, -y) is the key plus the point of order 2: on the curve, outside the group. */
  @Test
  void ed25519KeysHaveNoPartOfSmallOrder() {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = ED25519_POINT[31 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    BigInteger prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    BigInteger minusY = prime.subtract(new BigInteger(1, bigEndian));
    byte[] mixed = new byte[32];
    for (int i = 0; i < 32; i++) {
      mixed[i] = minusY.shiftRight(8 * i).byteValue();
    }
    mixed[31] |= (byte) (odd ? 0 : 0x80);
    assertThat(refusal(protobuf(1, mixed))).isEqualTo(Reason.BAD_KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void ed25519KeysHave32Bytes(int size) {
    assertThat(refusal(protobuf(1, Arrays.copyOf(ED25519_POINT, size)))).isEqualTo(Reason.BAD_KEY);
  }

  @Test
  void secp256k1KeysAreCompressedPointsOfTheCurve() {
    byte[] point = TestKeys.secp256k1Public(BigInteger.valueOf(7));
    byte[] uncompressed =
        TestKeys.SECP256K1.getG().multiply(BigInteger.valueOf(7)).getEncoded(false);
    byte[] hybridPrefix = point.clone();
    hybridPrefix[0] = 6;
    byte[] offCurve = new byte[33];
    offCurve[0] = 2;
    offCurve[32] = 5;
    byte[] overField = HEX.parseHex("02" + "ff".repeat(32));
    for (byte[] bad :
        new byte[][] {
          uncompressed,
          hybridPrefix,
          offCurve,
          overField,
          {0},
          {},
          Arrays.copyOf(point, 32),
          Arrays.copyOf(point, 34)
        }) {
      assertThat(refusal(protobuf(2, bad))).isEqualTo(Reason.BAD_KEY);
    }
  }

  @Test
  void ecdsaKeysAreUncompressedPointsOfP256() throws Exception {
    byte[] good = TestKeys.p256().getPublic().getEncoded();
    byte[] offCurve = good.clone();
    offCurve[90] ^= 1;
    byte[] hybrid = good.clone();
    hybrid[26] = (byte) (6 | (good[90] & 1));
    byte[] trailing = Arrays.copyOf(good, good.length + 1);
    byte[] rawPoint = Arrays.copyOfRange(good, 26, 91);
    byte[] compressed =
        der(
            0x30,
            Arrays.copyOfRange(good, 2, 23),
            der(
                0x03,
                new byte[] {0, (byte) (2 | (good[90] & 1))},
                Arrays.copyOfRange(good, 27, 59)));
    byte[] otherCurve = TestKeys.ec("secp384r1").getPublic().getEncoded();
    for (byte[] bad :
        new byte[][] {offCurve, hybrid, trailing, rawPoint, compressed, otherCurve, {}}) {
      assertThat(refusal(protobuf(3, bad))).isEqualTo(Reason.BAD_KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({"2047, false", "2048, true", "3072, true", "8192, true", "8193, false"})
  void rsaModuliHave2048To8192Bits(int bits, boolean accepted) throws Exception {
    byte[] encoded = protobuf(0, spki(modulus(bits), F4));
    if (accepted) {
      assertThat(PeerPublicKey.decode(encoded).type()).isEqualTo(KeyType.RSA);
      assertThat(encoded.length).isLessThanOrEqualTo(PeerPublicKey.MAX_LENGTH);
    } else {
      assertThat(refusal(encoded)).isEqualTo(Reason.BAD_KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, false",
    "2, false",
    "3, true",
    "65536, false",
    "65537, true",
    "4294967295, true",
    "4294967297, false"
  })
  void rsaExponentsAreOddAndSmall(long exponent, boolean accepted) throws Exception {
    byte[] encoded = protobuf(0, spki(modulus(2048), BigInteger.valueOf(exponent)));
    if (accepted) {
      assertThat(PeerPublicKey.decode(encoded).protobuf()).isEqualTo(encoded);
    } else {
      assertThat(refusal(encoded)).isEqualTo(Reason.BAD_KEY);
    }
  }

  @Test
  void rsaModuliAreOdd() {
    byte[] even = spki(modulus(2048).clearBit(0), F4);
    assertThat(refusal(protobuf(0, even))).isEqualTo(Reason.BAD_KEY);
  }

  @Test
  void rsaKeysAreStrictDer() {
    byte[] n = der(0x02, modulus(2048).toByteArray());
    byte[] e = der(0x02, F4.toByteArray());
    byte[] none = {};
    byte[] zero = {0};
    byte[] numbers = der(0x30, n, e);
    byte[] bits = der(0x03, zero, numbers);
    byte[] noNull = HEX.parseHex("300b06092a864886f70d010101");
    byte[] pss = HEX.parseHex("300d06092a864886f70d01010a0500");
    byte[] paddedE = der(0x02, new byte[] {0, 1, 0, 1});
    byte[] negativeE = der(0x02, new byte[] {(byte) 0x81});
    byte[] longLength = HEX.parseHex("02810103");
    for (byte[] bad :
        new byte[][] {
          none,
          numbers,
          der(0x30, noNull, bits),
          der(0x30, pss, bits),
          der(0x30, RSA_ALGORITHM, bits, zero),
          der(0x31, RSA_ALGORITHM, bits),
          der(0x30, RSA_ALGORITHM, der(0x04, zero, numbers)),
          der(0x30, RSA_ALGORITHM, der(0x03, new byte[] {1}, numbers)),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, numbers, zero)),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, e, e))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, paddedE))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, negativeE))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, longLength))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, der(0x02, none)))),
          der(0x30, RSA_ALGORITHM, der(0x03, zero, der(0x30, n, HEX.parseHex("0280010001")))),
          Arrays.copyOf(der(0x30, RSA_ALGORITHM, bits), 200)
        }) {
      assertThat(refusal(protobuf(0, bad))).isEqualTo(Reason.BAD_KEY);
    }
  }

  @Test
  void oneWrongByteNeverDecodesToTheSameKey() throws Exception {
    byte[] rsa = protobuf(0, spki(modulus(2048), F4));
    byte[] ecdsa = protobuf(3, TestKeys.p256().getPublic().getEncoded());
    for (byte[] good : new byte[][] {ED25519, SECP256K1, ecdsa, rsa}) {
      PeerPublicKey key = PeerPublicKey.decode(good);
      for (int i = 0; i < good.length; i++) {
        byte[] changed = good.clone();
        changed[i] ^= 0x11;
        try {
          PeerPublicKey other = PeerPublicKey.decode(changed);
          assertThat(other.protobuf()).isEqualTo(changed);
          assertThat(other.peerId()).isNotEqualTo(key.peerId());
        } catch (InvalidPeerPublicKeyException refused) {
          assertThat(refused.reason()).isNotEqualTo(Reason.TOO_LONG);
        }
      }
    }
  }

  @Test
  void refusalsRepeatNothingOfTheKey() {
    byte[] bad = protobuf(1, "no key but a text".getBytes(UTF_8));
    assertThat(refusalOf(bad)).hasMessage("Ed25519 key has 17 bytes, not 32");
  }

  /** An odd number of exactly that many bits; no RSA modulus, but decoding cannot know. */
  private static BigInteger modulus(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.TWO.pow(bits / 2)).setBit(0);
  }

  private static byte[] spki(BigInteger modulus, BigInteger exponent) {
    byte[] numbers = der(0x30, der(0x02, modulus.toByteArray()), der(0x02, exponent.toByteArray()));
    return der(0x30, RSA_ALGORITHM, der(0x03, new byte[] {0}, numbers));
  }

  private static Reason refusal(byte[] encoded) {
    return refusalOf(encoded).reason();
  }

  private static InvalidPeerPublicKeyException refusalOf(byte[] encoded) {
    InvalidPeerPublicKeyException failure =
        catchThrowableOfType(
            InvalidPeerPublicKeyException.class, () -> PeerPublicKey.decode(encoded));
    assertThat(failure).as(HEX.formatHex(encoded)).isNotNull();
    return failure;
  }
}
