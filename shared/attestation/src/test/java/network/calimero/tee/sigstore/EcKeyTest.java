package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the JDK's own ECDSA. */
class EcKeyTest {
  private static final Bytes MESSAGE = Bytes.of("a message".getBytes(UTF_8));

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static Bytes signature(KeyPair pair, String algorithm) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(MESSAGE.toArray());
    return Bytes.of(signature.sign());
  }

  private static EcKey key(KeyPair pair) throws MalformedException {
    return EcKey.parse(Bytes.of(pair.getPublic().getEncoded()));
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA256withECDSA, SHA384withECDSA, 300a06082a8648ce3d040302,"
        + " 300a06082a8648ce3d040303",
    "secp384r1, SHA384withECDSA, SHA256withECDSA, 300a06082a8648ce3d040303,"
        + " 300a06082a8648ce3d040302",
  })
  void eachCurveGoesWithItsOwnHash(
      String curve, String own, String other, String identifier, String otherIdentifier)
      throws Exception {
    KeyPair pair = pair(curve);
    EcKey key = key(pair);
    Bytes signature = signature(pair, own);

    assertThat(key.verifies(MESSAGE, signature)).isTrue();
    assertThat(key.verifies(Bytes.EMPTY, signature)).isFalse();
    assertThat(key(pair(curve)).verifies(MESSAGE, signature)).isFalse();
    assertThat(key.verifies(MESSAGE, signature(pair, other))).isFalse();
    assertThat(key.verifies(MESSAGE, Bytes.fromHex(identifier), signature)).isTrue();
    assertThat(key.verifies(Bytes.EMPTY, Bytes.fromHex(identifier), signature)).isFalse();
    assertThat(key.verifies(MESSAGE, Bytes.fromHex(otherIdentifier), signature)).isFalse();
    assertThat(key.verifies(MESSAGE, Bytes.fromHex("3000"), signature)).isFalse();
    assertThat(
            key.verifies(
                MESSAGE, Bytes.fromHex("300c" + identifier.substring(4) + "0500"), signature))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "3006020101020101",
    "3006020100020100",
    "300602010102010100",
    "3009020101020101020101",
    "30060201ff0201ff",
    "''",
  })
  void whatIsNoSignatureOrAnothersDoesNotVerify(String signature) throws Exception {
    assertThat(key(pair("secp256r1")).verifies(MESSAGE, Bytes.fromHex(signature))).isFalse();
  }

  /** A right one, with a number after its two. */
  @Test
  void signatureOfThreeNumbersDoesNotVerify() throws Exception {
    KeyPair pair = pair("secp256r1");
    Bytes signature = signature(pair, "SHA256withECDSA");
    String three =
        "30%02x".formatted(signature.length() + 1) + signature.hex().substring(4) + "020101";

    assertThat(key(pair).verifies(MESSAGE, signature)).isTrue();
    assertThat(key(pair).verifies(MESSAGE, Bytes.fromHex(three))).isFalse();
  }

  @Test
  void keysWithMoreInThemAreRefused() throws Exception {
    String key = Bytes.of(pair("secp256r1").getPublic().getEncoded()).hex();
    String algorithm = key.substring(4, 4 + 42);
    String point = key.substring(4 + 42);

    assertRefused("305b3015" + algorithm.substring(4) + "0500" + point, "2 bytes after the end");
    assertRefused("305b" + algorithm + point + "0500", "2 bytes after the end");
  }

  private static void assertRefused(String hex, String reason) {
    assertRefused(Bytes.fromHex(hex).toArray(), reason);
  }

  @Test
  void otherKeysAreRefused() throws Exception {
    byte[] encoded = pair("secp256r1").getPublic().getEncoded();
    byte[] compressed = encoded.clone();
    compressed[26] = 2;
    byte[] besides = encoded.clone();
    besides[encoded.length - 1] ^= 1;
    byte[] rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic().getEncoded();

    assertRefused(compressed, "not an uncompressed point");
    assertRefused(besides, "not a point of the curve");
    assertRefused(rsa, "not for ECDSA");
    assertRefused(pair("secp521r1").getPublic().getEncoded(), "of another curve");
    assertRefused(new byte[0], "ends too early");
  }

  private static void assertRefused(byte[] keyInfo, String reason) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> EcKey.parse(Bytes.of(keyInfo)))
        .withMessageContaining(reason);
  }
}
