package network.calimero.tee.dcap;

import java.math.BigInteger;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;

/** An ECDSA-with-SHA256 signature as X.509 carries it (RFC 5758, 3.2): DER of r and s. */
record EcdsaSignature(BigInteger r, BigInteger s) {
  private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
  private static final int MAX_OCTETS = 32;

  /** Reads the algorithm and the signature that follow what was signed. */
  static EcdsaSignature readWithAlgorithm(Der outer) throws MalformedException {
    return of(outer.next(Der.SEQUENCE).whole(), outer.bits());
  }

  /** Reads the signature that those bits are, of the algorithm of that identifier. */
  static EcdsaSignature of(Bytes algorithm, Bytes bits) throws MalformedException {
    requireAlgorithm(new Der(algorithm));
    Der pair = Der.only(bits, Der.SEQUENCE).reader();
    EcdsaSignature signature =
        new EcdsaSignature(pair.unsigned(MAX_OCTETS), pair.unsigned(MAX_OCTETS));
    pair.end();
    return signature;
  }

  static void requireAlgorithm(Der der) throws MalformedException {
    Der algorithm = der.next(Der.SEQUENCE).reader();
    if (!algorithm.oid().equals(ECDSA_WITH_SHA256)) {
      throw new MalformedException("signature is not ECDSA with SHA-256");
    }
    algorithm.end();
  }

  boolean verifies(Bytes signed, P256.PublicKey signer) {
    return signer.verifies(signed, r, s);
  }
}
