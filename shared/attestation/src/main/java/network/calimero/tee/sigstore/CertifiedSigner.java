package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.x509.DistinguishedName;
import network.calimero.tee.x509.RawCertificate;

/**
 * Step 4: the signer's certificate was issued by an authority of the trust root that was to be
 * trusted when the log took the signature in (RFC 5280, 6, for chains as Fulcio has them).
 *
 * @param issuer the certificate of the key that signed the signer's
 */
record CertifiedSigner(SignerCertificate signer, RawCertificate issuer) {

  /** Finds the authority and verifies its chain up to its root. */
  static CertifiedSigner certify(SignerCertificate signer, TrustedRoot root)
      throws SignatureRefusedException {
    List<TrustedRoot.Authority> issuers =
        root.authorities().stream()
            .filter(authority -> issued(authority.chain().getFirst(), signer.raw()))
            .toList();
    if (issuers.isEmpty()) {
      throw new SignatureRefusedException(
          Code.AUTHORITY_UNKNOWN,
          "no certificate authority of the trust root issued the signer's certificate",
          "issued by " + DistinguishedName.commonName(signer.raw().issuer()),
          "");
    }
    Instant time = signer.recorded().time();
    Optional<TrustedRoot.Authority> authority =
        issuers.stream().filter(one -> one.validAt(time)).findFirst();
    if (authority.isEmpty()) {
      throw new SignatureRefusedException(
          Code.AUTHORITY_NOT_VALID_THEN,
          "the certificate authority was not to be trusted when the log took the signature in",
          time.toString(),
          issuers.getFirst().spans());
    }
    requireFit(authority.get().chain());
    return new CertifiedSigner(signer, authority.get().chain().getFirst());
  }

  private static void requireFit(List<RawCertificate> chain) throws SignatureRefusedException {
    try {
      for (int below = 0; below < chain.size(); below++) {
        requireAuthority(chain.get(below), below);
        if (below + 1 < chain.size() && !issued(chain.get(below + 1), chain.get(below))) {
          throw new MalformedException("the next one of its chain did not issue it");
        }
      }
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.AUTHORITY_UNFIT,
          "a certificate of the authority in the trust root may not issue this one",
          e.reason(),
          "");
    }
  }

  private static void requireAuthority(RawCertificate authority, int below)
      throws MalformedException {
    OptionalInt pathLength = authority.extensions().pathLength();
    Set<String> purposes = FulcioExtensions.purposes(authority);
    if (!authority.extensions().isCertificateAuthority()
        || !FulcioExtensions.says(authority, FulcioExtensions.CERTIFICATE_SIGN)) {
      throw new MalformedException("it is not for signing certificates");
    }
    if (pathLength.isPresent() && pathLength.getAsInt() < below) {
      throw new MalformedException("its path length does not allow %d below".formatted(below));
    }
    if (!purposes.isEmpty() && !purposes.contains(FulcioExtensions.CODE_SIGNING)) {
      throw new MalformedException("its purposes do not include code signing");
    }
  }

  /** Whether names and signature say so. */
  private static boolean issued(RawCertificate authority, RawCertificate certificate) {
    try {
      return certificate.issuer().equals(authority.subject())
          && EcKey.parse(authority.keyInfo())
              .verifies(certificate.signed(), certificate.algorithm(), certificate.signature());
    } catch (MalformedException e) {
      return false; // a key of a kind that issues nothing here
    }
  }
}
