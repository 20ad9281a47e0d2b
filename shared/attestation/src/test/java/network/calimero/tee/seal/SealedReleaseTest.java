package network.calimero.tee.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are kms-protocol.md's, "Sealed release". */
class SealedReleaseTest {
  private static final String PEER = "12D3KooWPeer";
  private static final Bytes NONCE = repeated(0x11, 32);
  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  private static final String SEALED =
      "ebb35e8aa078b188ac8118d8a5c57f63ebe9431c41d887a1df61425b18d8f6b17287f6c7e3d81ea1af1ce06ce3cd"
          + "c9ccce726b637498bf43c290a1dce1d9231a201a46995aa2dcc60f1224f553c29730";

  private final SecureRandom random = new SecureRandom();
  private final X25519KeyPair transport = pair(0x22);
  private final X25519KeyPair node = pair(0x33);

  @Test
  void bindsAnAttestQuoteToTheTransportKeyAsSpecified() {
    assertThat(Bindings.attestTransportKey(repeated(0x77, 32), transport.publicKey()).hex())
        .isEqualTo("9554b7960a1e1e3493ba075885680dc2c8c17f3c0caf7c5fc97a80400703acf7");
  }

  @Test
  void bindsAKeyRequestToItsOneTimeKeyAsSpecified() {
    assertThat(Bindings.sealedGetKey(node.publicKey(), PEER).hex())
        .isEqualTo("9ef1ee8c46f5fa7b8ed4bcec0255cd88ec847674a6c6aca13eb5076c85af9f17");
  }

  @Test
  void sealsAsSpecified() {
    assertThat(sealVector().ciphertext().hex()).isEqualTo(SEALED);
  }

  @Test
  void opensWhatIsSealedAsSpecified() throws Exception {
    SecretBytes opened = SealedRelease.open(sealVector(), node, transport.publicKey(), NONCE, PEER);

    assertThat(opened).isEqualTo(secret(KEY));
  }

  @Test
  void opensForNobodyElseAndNothingElse() {
    Sealed sealed = sealVector();
    X25519PublicKey from = transport.publicKey();

    assertDoesNotOpen(() -> SealedRelease.open(sealed, pair(0x34), from, NONCE, PEER));
    assertDoesNotOpen(() -> SealedRelease.open(sealed, node, pair(0x23).publicKey(), NONCE, PEER));
    assertDoesNotOpen(() -> SealedRelease.open(sealed, node, from, repeated(0x12, 32), PEER));
    assertDoesNotOpen(() -> SealedRelease.open(sealed, node, from, NONCE, PEER + "x"));
  }

  @Test
  void opensOnlyUnaltered() {
    Bytes sealed = sealVector().ciphertext();
    for (int i = 0; i < sealed.length(); i++) {
      byte[] altered = sealed.toArray();
      altered[i] ^= 1;
      Sealed forged = new Sealed(Bytes.of(altered), repeated(0x44, 12));
      assertDoesNotOpen(() -> SealedRelease.open(forged, node, transport.publicKey(), NONCE, PEER));
    }
  }

  @Test
  void takesANewNonceEachTime() throws Exception {
    try (PeerKeyPair identity = PeerKeyPair.generate(random);
        SecretBytes key = secret(KEY)) {
      PeerId peer = identity.peerId();
      Sealed one = SealedRelease.seal(key, transport, node.publicKey(), NONCE, peer, random);
      Sealed two = SealedRelease.seal(key, transport, node.publicKey(), NONCE, peer, random);

      assertThat(one.nonce()).isNotEqualTo(two.nonce());
      assertThat(SealedRelease.open(one, node, transport.publicKey(), NONCE, peer)).isEqualTo(key);
      assertThat(SealedRelease.open(two, node, transport.publicKey(), NONCE, peer)).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 2049})
  void aKeyThatNoNodeAcceptsIsNotOpened(int size) {
    Sealed sealed =
        SealedRelease.seal(
            SecretBytes.moveFrom(new byte[size]),
            transport,
            node.publicKey(),
            NONCE,
            PEER,
            repeated(0x44, 12));

    assertThatThrownBy(() -> SealedRelease.open(sealed, node, transport.publicKey(), NONCE, PEER))
        .isInstanceOfSatisfying(
            UnsealException.class, e -> assertThat(e.kind()).isEqualTo(UnsealException.Kind.NO_KEY))
        .hasMessageContaining("32 to 2048 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 2048})
  void keysOfEverySizeThatNodesAcceptAreOpened(int size) throws Exception {
    SecretBytes key = SecretBytes.moveFrom(new byte[size]);
    Sealed sealed =
        SealedRelease.seal(key, transport, node.publicKey(), NONCE, PEER, repeated(0x44, 12));

    assertThat(SealedRelease.open(sealed, node, transport.publicKey(), NONCE, PEER)).isEqualTo(key);
  }

  @Test
  void bindingsOfAPeerAreThoseOfItsText() {
    try (PeerKeyPair identity = PeerKeyPair.generate(random)) {
      PeerId peer = identity.peerId();
      assertThat(Bindings.sealedGetKey(node.publicKey(), peer))
          .isEqualTo(Bindings.sealedGetKey(node.publicKey(), peer.text()));
      assertThat(Bindings.plainGetKey(peer)).isEqualTo(Sha256.of(peer.text()));
    }
  }

  @Test
  void generatedPairsDifferAndAreOfTheRandomNumbersGiven() {
    try (X25519KeyPair one = X25519KeyPair.generate(random);
        X25519KeyPair two = X25519KeyPair.generate(random)) {
      assertThat(one.publicKey()).isNotEqualTo(two.publicKey());
    }
  }

  @Test
  void somethingElseThanHexIsNotAKey() {
    Bytes peer = Bytes.of(PEER.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SealContext context =
        new SealContext(
            NONCE,
            Domain.join(
                "mero-kms/sealed-key/v1",
                transport.publicKey().value(),
                node.publicKey().value(),
                peer),
            peer);
    byte[] text = new byte[64];
    Arrays.fill(text, (byte) 'g');
    Sealed sealed =
        Envelope.seal(
            SecretBytes.moveFrom(text), transport, node.publicKey(), context, repeated(0x44, 12));

    assertThatThrownBy(() -> SealedRelease.open(sealed, node, transport.publicKey(), NONCE, PEER))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("not hex");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void pointsOfLowOrderAreNoKeys(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new X25519PublicKey(Bytes.fromHex(hex)))
        .withMessageContaining("agrees on zero");
  }

  @Test
  void aKeyIsKnownByItsDigest() {
    assertThat(new X25519PublicKey(repeated(9, 32)).fingerprint().hex())
        .isEqualTo("8c0cc17a04942cc4f8e0fe0b302606d3108860c126428ba2ceeb5f9ed41c2b05");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void keysHave32Bytes(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new X25519PublicKey(repeated(9, size)))
        .withMessageContaining("32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new X25519KeyPair(SecretBytes.moveFrom(new byte[size])))
        .withMessageContaining("32");
  }

  @Test
  void sealedTextHasItsSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sealed(repeated(0, 16), repeated(0, 11)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sealed(repeated(0, 15), repeated(0, 12)));
  }

  @Test
  void aClosedPairAgreesOnNothingMore() {
    X25519KeyPair closed = pair(0x55);
    closed.close();

    assertThatThrownBy(() -> closed.agree(node.publicKey()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).hasToString("X25519 key pair of " + closed.publicKey().value().hex());
  }

  private Sealed sealVector() {
    return SealedRelease.seal(
        secret(KEY), transport, node.publicKey(), NONCE, PEER, repeated(0x44, 12));
  }

  private static void assertDoesNotOpen(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            UnsealException.class, e -> assertThat(e.kind()).isEqualTo(UnsealException.Kind.CLOSED))
        .hasMessageContaining("sealed to another key");
  }

  private static X25519KeyPair pair(int value) {
    return new X25519KeyPair(SecretBytes.moveFrom(repeated(value, 32).toArray()));
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.moveFrom(Bytes.fromHex(hex).toArray());
  }

  private static Bytes repeated(int value, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }
}
