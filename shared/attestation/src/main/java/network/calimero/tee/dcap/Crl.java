package network.calimero.tee.dcap;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.x509.DistinguishedName;
import network.calimero.tee.x509.Extensions;

/**
 * A certificate revocation list as Intel's PKI issues them (RFC 5280, 5): version 2, with CRL
 * number and authority key identifier, nothing after its end. Not proven until {@link #isSignedBy}
 * says so.
 */
record Crl(
    Bytes signed,
    Bytes issuer,
    Validity validity,
    BigInteger number,
    Set<BigInteger> revoked,
    EcdsaSignature signature) {

  /** Intel's lists are a few KiB; a strange one may not make us work for long. */
  static final int MAX_SIZE = 1024 * 1024;

  private static final int MAX_SERIAL = 20;
  private static final int EXTENSIONS = 0xa0;
  private static final int KEY_IDENTIFIER = 0x80;

  static Crl parse(Bytes der) throws MalformedException {
    if (der.length() > MAX_SIZE) {
      throw new MalformedException("CRL of " + der.length() + " bytes");
    }
    Der outer = Der.only(der, Der.SEQUENCE).reader();
    Der.Element signed = outer.next(Der.SEQUENCE);
    EcdsaSignature signature = EcdsaSignature.readWithAlgorithm(outer);
    outer.end();

    Der tbs = signed.reader();
    if (tbs.unsignedInt() != 1) {
      throw new MalformedException("CRL is not of version 2");
    }
    EcdsaSignature.requireAlgorithm(tbs);
    Bytes issuer = DistinguishedName.read(tbs);
    Validity validity = new Validity(tbs.time(), tbs.time());
    Set<BigInteger> revoked =
        tbs.nextIs(Der.SEQUENCE) ? revoked(tbs.next(Der.SEQUENCE).reader()) : Set.of();
    if (!tbs.nextIs(EXTENSIONS)) {
      throw new MalformedException("CRL has no extensions");
    }
    Der list = tbs.next(EXTENSIONS).reader();
    Extensions extensions = Extensions.read(list.next(Der.SEQUENCE).reader(), Extensions.OF_CRLS);
    list.end();
    tbs.end();
    requireAuthorityKeyIdentifier(extensions);
    return new Crl(signed.whole(), issuer, validity, number(extensions), revoked, signature);
  }

  /** Which key of the issuer signed it; that it did is for the signature to say. */
  private static void requireAuthorityKeyIdentifier(Extensions extensions)
      throws MalformedException {
    Optional<Bytes> value = extensions.value(Extensions.AUTHORITY_KEY_IDENTIFIER);
    if (value.isEmpty()) {
      throw new MalformedException("CRL has no authority key identifier");
    }
    Der identifier = Der.only(value.get(), Der.SEQUENCE).reader();
    identifier.next(KEY_IDENTIFIER);
    while (identifier.hasNext()) {
      identifier.next(); // the issuer's name and serial number, where they are there
    }
  }

  private static BigInteger number(Extensions extensions) throws MalformedException {
    Der value =
        new Der(
            extensions
                .value(Extensions.CRL_NUMBER)
                .orElseThrow(() -> new MalformedException("CRL has no CRL number")));
    BigInteger number = value.unsigned(MAX_SERIAL);
    value.end();
    return number;
  }

  private static Set<BigInteger> revoked(Der list) throws MalformedException {
    // A HashSet stays fast where serials are chosen to collide; Set.copyOf would not.
    Set<BigInteger> serials = new HashSet<>();
    while (list.hasNext()) {
      Der entry = list.next(Der.SEQUENCE).reader();
      serials.add(Der.integer(entry.next(Der.INTEGER), MAX_SERIAL));
      entry.time();
      if (entry.hasNext()) {
        requireHarmless(Extensions.read(entry.next(Der.SEQUENCE).reader(), Set.of()));
      }
      entry.end();
    }
    return Collections.unmodifiableSet(serials);
  }

  /** A critical extension could change what an entry means, and was refused; a reason cannot. */
  private static void requireHarmless(Extensions ofEntry) throws MalformedException {
    Optional<Bytes> reason = ofEntry.value(Extensions.REASON_CODE);
    if (reason.isPresent()) {
      Der.integer(Der.only(reason.get(), Der.ENUMERATED), 1);
    }
  }

  boolean revokes(Certificate certificate) {
    return revoked.contains(certificate.serial());
  }

  boolean isSignedBy(P256.PublicKey signer) {
    return signature.verifies(signed, signer);
  }
}
