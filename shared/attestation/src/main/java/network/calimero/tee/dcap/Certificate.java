package network.calimero.tee.dcap;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Pem;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.x509.DistinguishedName;
import network.calimero.tee.x509.Extensions;
import network.calimero.tee.x509.RawCertificate;

/**
 * An X.509 certificate as Intel's PKI uses them (RFC 5280): version 3, P-256 keys, ECDSA with
 * SHA-256. Read strictly; nothing in it is proven until {@link #isSignedBy} says so.
 */
record Certificate(
    Bytes encoded,
    Bytes signed,
    BigInteger serial,
    Bytes issuer,
    Validity validity,
    Bytes subject,
    P256.PublicKey key,
    Extensions extensions,
    boolean isAuthority,
    boolean maySignCertificates,
    boolean maySignCrls,
    boolean maySign,
    EcdsaSignature signature) {

  static final int MAX_PEM_SIZE = 64 * 1024;
  private static final int KEY_USAGE_DIGITAL_SIGNATURE = 0;
  private static final int KEY_USAGE_CERT_SIGN = 5;
  private static final int KEY_USAGE_CRL_SIGN = 6;
  private static final String EC_PUBLIC_KEY = "2a8648ce3d0201";
  private static final String PRIME256V1 = "2a8648ce3d030107";

  static Certificate parse(Bytes der) throws MalformedException {
    RawCertificate raw = RawCertificate.parse(der, Extensions.OF_CERTIFICATES);
    EcdsaSignature signature = EcdsaSignature.of(raw.algorithm(), raw.signature());
    Extensions extensions = raw.extensions();
    return new Certificate(
        der,
        raw.signed(),
        raw.serial(),
        raw.issuer(),
        new Validity(raw.notBefore(), raw.notAfter()),
        raw.subject(),
        publicKey(Der.only(raw.keyInfo(), Der.SEQUENCE).reader()),
        extensions,
        extensions.isCertificateAuthority(),
        extensions.allowsKeyUse(KEY_USAGE_CERT_SIGN),
        extensions.allowsKeyUse(KEY_USAGE_CRL_SIGN),
        extensions.allowsKeyUse(KEY_USAGE_DIGITAL_SIGNATURE),
        signature);
  }

  /**
   * The certificates of a PEM text in their order; at most {@code max} of them, none being an error
   * of the caller.
   */
  static List<Certificate> parsePem(Bytes text, int max) throws MalformedException {
    if (text.length() > MAX_PEM_SIZE) {
      throw new MalformedException("PEM of " + text.length() + " bytes");
    }
    String pem = new String(text.toArray(), StandardCharsets.ISO_8859_1);
    List<Certificate> certificates = new ArrayList<>();
    for (Bytes der : Pem.blocks(pem, "CERTIFICATE", max)) {
      certificates.add(parse(der));
    }
    return certificates;
  }

  private static P256.PublicKey publicKey(Der info) throws MalformedException {
    Der algorithm = info.next(Der.SEQUENCE).reader();
    if (!algorithm.oid().equals(EC_PUBLIC_KEY) || !algorithm.oid().equals(PRIME256V1)) {
      throw new MalformedException("public key is not of curve P-256");
    }
    algorithm.end();
    Bytes point = info.bits();
    info.end();
    if (point.length() != 65 || point.byteAt(0) != 4) {
      throw new MalformedException("public key is not an uncompressed point");
    }
    try {
      return P256.key(point.slice(1, 65));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("public key is not a point of the curve");
    }
  }

  /** Whether that authority issued this certificate: name, right to sign, and signature. */
  boolean isIssuedBy(Certificate authority) {
    return authority.isAuthority
        && authority.maySignCertificates
        && issuer.equals(authority.subject)
        && isSignedBy(authority.key);
  }

  boolean isSignedBy(P256.PublicKey signer) {
    return signature.verifies(signed, signer);
  }

  /** Whether it names its subject as its issuer, as a root does. */
  boolean isSelfIssued() {
    return subject.equals(issuer);
  }

  /** Refuses it outside of its time, with one of those codes. */
  void requireValid(Instant now, FailureCode early, FailureCode late) throws VerificationException {
    if (validity.isBefore(now)) {
      throw new VerificationException(
          early, commonName() + " is not valid yet", "now " + now, "from " + validity.notBefore());
    }
    if (validity.isOver(now)) {
      throw new VerificationException(
          late, commonName() + " has expired", "now " + now, "until " + validity.notAfter());
    }
  }

  /** SHA-256 of the DER, lower-case hex. */
  String fingerprint() {
    return Sha256.of(encoded).hex();
  }

  /** The common name of the subject, for people; empty if there is none. */
  String commonName() {
    return DistinguishedName.commonName(subject);
  }
}
