package network.calimero.tee.identity;

/** A public key of one type, ready to check signatures. */
@FunctionalInterface
interface SignatureCheck {

  /** Whether the signature is well-formed and the key's own over that message; never throws. */
  boolean verify(byte[] message, byte[] signature);
}
