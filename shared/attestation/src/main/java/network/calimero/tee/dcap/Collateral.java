package network.calimero.tee.dcap;

import java.security.MessageDigest;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;

/**
 * What a quote is verified against (RATS: Endorsements), as received and unproven: issuer chains in
 * PEM, CRLs in DER, TCB info and QE identity as the exact bytes that were signed, signatures as r‖s
 * (64 bytes).
 *
 * @param pckCrlIssuerChain PEM; carried along, not needed: the quote's own chain names the issuer
 * @param pckCertificateChain PEM, for quotes that do not carry their chain; may be empty
 */
public record Collateral(
    Bytes pckCrlIssuerChain,
    Bytes rootCaCrl,
    Bytes pckCrl,
    Bytes tcbInfoIssuerChain,
    Bytes tcbInfo,
    Bytes tcbInfoSignature,
    Bytes qeIdentityIssuerChain,
    Bytes qeIdentity,
    Bytes qeIdentitySignature,
    Optional<Bytes> pckCertificateChain) {

  /** SHA-256 over all that verification depends on, the optional chain apart. */
  Bytes fingerprint() {
    MessageDigest digest = Sha256.newDigest();
    Bytes[] parts = {
      rootCaCrl,
      pckCrl,
      tcbInfoIssuerChain,
      tcbInfo,
      tcbInfoSignature,
      qeIdentityIssuerChain,
      qeIdentity,
      qeIdentitySignature
    };
    for (Bytes part : parts) {
      int length = part.length();
      digest.update(
          new byte[] {
            (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
          });
      digest.update(part.asReadOnly());
    }
    return Bytes.of(digest.digest());
  }
}
