package network.calimero.tee.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.InvalidIdentityException;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.InvalidPeerPublicKeyException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.UnsealException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;

/** Who somebody says to be, and what is sealed to us. */
final class IdentityTargets {
  private static final Bytes MESSAGE = Genuine.utf8("message");
  private static final PeerKeyPair PEER = PeerKeyPair.generate(Genuine.constant(3));

  private IdentityTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "identity",
            Target.VERIFYING,
            IdentityTargets::identities,
            IdentityTargets::identity,
            Set.of()),
        new Target(
            "sealed_key",
            Target.PARSING,
            () -> List.of(sealed()),
            IdentityTargets::open,
            Set.of(UnsealException.class)));
  }

  private static List<Bytes> identities() {
    List<Bytes> all = new ArrayList<>(publicKeys());
    all.add(Genuine.utf8(PEER.peerId().text()));
    all.add(privateKey());
    return all;
  }

  /** Any of the three in the place of any other. */
  private static void identity(Bytes bytes) {
    try {
      peerId(bytes);
    } catch (InvalidPeerIdException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
    try {
      PeerKeyPair.decode(bytes.toArray()).close();
    } catch (InvalidIdentityException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
    try {
      publicKey(bytes);
    } catch (InvalidPeerPublicKeyException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
  }

  private static Bytes privateKey() {
    try (SecretBytes encoded = PEER.encode()) {
      return encoded.use(Bytes::of);
    }
  }

  private static void peerId(Bytes bytes) throws InvalidPeerIdException {
    String text = Genuine.text(bytes);
    if (!PeerId.parse(text).text().equals(text)) {
      throw new AssertionError("another text than what was read");
    }
  }

  /** A signature after the key, and its length before it. */
  private static List<Bytes> publicKeys() {
    byte[] key = PEER.publicKey().protobuf();
    String p256 =
        "0803125b3059301306072a8648ce3d020106082a8648ce3d030107034200"
            + "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    String secp256k1 =
        "08021221" + "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    return List.of(
        withSignature(key, PEER.sign(MESSAGE.toArray())),
        withSignature(Bytes.fromHex(p256).toArray(), DER_SIGNATURE),
        withSignature(Bytes.fromHex(secp256k1).toArray(), DER_SIGNATURE));
  }

  private static final byte[] DER_SIGNATURE = {0x30, 6, 2, 1, 1, 2, 1, 1};

  private static Bytes withSignature(byte[] key, byte[] signature) {
    byte[] all = new byte[1 + signature.length + key.length];
    all[0] = (byte) signature.length;
    System.arraycopy(signature, 0, all, 1, signature.length);
    System.arraycopy(key, 0, all, 1 + signature.length, key.length);
    return Bytes.of(all);
  }

  private static void publicKey(Bytes bytes) throws InvalidPeerPublicKeyException {
    int split = bytes.isEmpty() ? 0 : Math.min(bytes.length(), 1 + (bytes.byteAt(0) & 0xff));
    Bytes signature = bytes.slice(Math.min(1, split), split);
    byte[] encoded = bytes.slice(split, bytes.length()).toArray();
    PeerPublicKey key = PeerPublicKey.decode(encoded);
    if (!Bytes.of(key.protobuf()).equals(Bytes.of(encoded))) {
      throw new AssertionError("a key with two encodings");
    }
    key.verify(MESSAGE.toArray(), signature.toArray());
  }

  /** The nonce, then what it was sealed with. */
  private static Bytes sealed() {
    try (X25519KeyPair transport = pair(1);
        X25519KeyPair node = pair(2);
        SecretBytes key = SecretBytes.moveFrom(new byte[32])) {
      Sealed sealed =
          SealedRelease.seal(
              key, transport, node.publicKey(), MESSAGE, PEER.peerId(), Genuine.constant(4));
      return Bytes.fromHex(sealed.nonce().hex() + sealed.ciphertext().hex());
    }
  }

  private static void open(Bytes bytes) throws UnsealException {
    if (bytes.length() < Sealed.NONCE_SIZE + Sealed.TAG_SIZE) {
      return;
    }
    Sealed sealed =
        new Sealed(
            bytes.slice(Sealed.NONCE_SIZE, bytes.length()), bytes.slice(0, Sealed.NONCE_SIZE));
    X25519PublicKey transport = pair(1).publicKey();
    try (X25519KeyPair node = pair(2);
        SecretBytes key = SealedRelease.open(sealed, node, transport, MESSAGE, PEER.peerId())) {
      if (key.length() != 32) {
        throw new AssertionError("a key that nobody sealed");
      }
    }
  }

  private static X25519KeyPair pair(int value) {
    return X25519KeyPair.generate(Genuine.constant(value));
  }
}
