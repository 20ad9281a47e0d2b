package network.calimero.tee.identity;

import java.util.Optional;

/** The key types of libp2p, with their numbers on the wire (kms-protocol.md, libp2p identities). */
public enum KeyType {
  /** PKCS#1 v1.5 with SHA-256; key as SubjectPublicKeyInfo. */
  RSA(0),
  /** Pure Ed25519; key as 32 raw bytes. What real nodes use. */
  ED25519(1),
  /** ECDSA over secp256k1 with SHA-256; key as 33-byte compressed point. */
  SECP256K1(2),
  /** ECDSA over P-256 with SHA-256; key as SubjectPublicKeyInfo. */
  ECDSA(3);

  private final int code;

  KeyType(int code) {
    this.code = code;
  }

  /** The value of the protobuf's {@code Type} field. */
  public int code() {
    return code;
  }

  /** The type with that number, empty if libp2p defines none. */
  static Optional<KeyType> ofCode(int code) {
    for (KeyType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
