package network.calimero.tee.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;

/**
 * An X.509 certificate of version 3 taken apart (RFC 5280, 4.1). Read strictly; nothing in it is
 * proven, and algorithms and keys are of any kind.
 *
 * @param encoded all of it
 * @param signed what the signature is over
 * @param issuer DER of the name
 * @param notBefore the first instant of its time
 * @param notAfter the last instant of its time
 * @param subject DER of the name
 * @param keyInfo DER of the SubjectPublicKeyInfo
 * @param algorithm DER of the signature's AlgorithmIdentifier, the same inside and outside of what
 *     is signed
 * @param signature the bits of the signature
 */
public record RawCertificate(
    Bytes encoded,
    Bytes signed,
    BigInteger serial,
    Bytes issuer,
    Instant notBefore,
    Instant notAfter,
    Bytes subject,
    Bytes keyInfo,
    Extensions extensions,
    Bytes algorithm,
    Bytes signature) {

  /** The most that a certificate may have, in bytes. */
  public static final int MAX_SIZE = 16 * 1024;

  /** The tag of the extensions in what is signed. */
  public static final int EXTENSIONS = 0xa3;

  private static final int MAX_SERIAL = 20;
  private static final int VERSION = 0xa0;
  private static final int VERSION_3 = 2;

  /**
   * Reads one.
   *
   * @param understood OIDs, content octets in hex, of the extensions that may be critical
   */
  public static RawCertificate parse(Bytes der, Set<String> understood) throws MalformedException {
    if (der.length() > MAX_SIZE) {
      throw new MalformedException("certificate of " + der.length() + " bytes");
    }
    Der outer = Der.only(der, Der.SEQUENCE).reader();
    Bytes signed = outer.next(Der.SEQUENCE).whole();
    Bytes algorithm = outer.next(Der.SEQUENCE).whole();
    Bytes signature = outer.bits();
    outer.end();

    Der tbs = Der.only(signed, Der.SEQUENCE).reader();
    requireVersion3(tbs.next(VERSION).reader());
    BigInteger serial = tbs.unsigned(MAX_SERIAL);
    if (!tbs.next(Der.SEQUENCE).whole().equals(algorithm)) {
      throw new MalformedException("certificate names two signature algorithms");
    }
    Bytes issuer = DistinguishedName.read(tbs);
    Der span = tbs.next(Der.SEQUENCE).reader();
    Instant notBefore = span.time();
    Instant notAfter = span.time();
    span.end();
    Bytes subject = DistinguishedName.read(tbs);
    Bytes keyInfo = tbs.next(Der.SEQUENCE).whole();
    Der list = tbs.next(EXTENSIONS).reader();
    Extensions extensions = Extensions.read(list.next(Der.SEQUENCE).reader(), understood);
    list.end();
    tbs.end();
    return new RawCertificate(
        der,
        signed,
        serial,
        issuer,
        notBefore,
        notAfter,
        subject,
        keyInfo,
        extensions,
        algorithm,
        signature);
  }

  private static void requireVersion3(Der version) throws MalformedException {
    if (version.unsignedInt() != VERSION_3) {
      throw new MalformedException("certificate is not of version 3");
    }
    version.end();
  }
}
