package network.calimero.tee.simulator.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** DER pieces that certificates, CRLs and timestamps share. */
public final class Der {
  /** ECDSA with SHA-256, what every simulated signature is. */
  public static final AlgorithmIdentifier ECDSA_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private static final AlgorithmIdentifier P256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1);
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int FIRST_GENERALIZED_YEAR = 2050;

  private Der() {}

  /** RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from then on. */
  static Time time(Instant instant) {
    boolean generalized = instant.atOffset(ZoneOffset.UTC).getYear() >= FIRST_GENERALIZED_YEAR;
    return generalized
        ? new Time(new ASN1GeneralizedTime(GENERALIZED_TIME.format(instant)))
        : new Time(new ASN1UTCTime(UTC_TIME.format(instant)));
  }

  /** A public key as certificates and trust roots carry it. */
  public static SubjectPublicKeyInfo publicKey(SimulatedKey key) {
    return new SubjectPublicKeyInfo(P256, key.publicPoint());
  }

  /** An extension around a value. */
  public static Extension extension(
      ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    return new Extension(id, critical, encode(value));
  }

  /** The encoding of a value. */
  public static byte[] encode(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an authority signs to make a certificate. */
  public static TBSCertificate toBeSigned(
      BigInteger serial,
      X500Name issuer,
      Validity validity,
      X500Name subject,
      SimulatedKey key,
      Collection<Extension> extensions) {
    V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
    tbs.setSerialNumber(new ASN1Integer(serial));
    tbs.setSignature(ECDSA_SHA256);
    tbs.setIssuer(issuer);
    tbs.setStartDate(time(validity.notBefore()));
    tbs.setEndDate(time(validity.notAfter()));
    tbs.setSubject(subject);
    tbs.setSubjectPublicKeyInfo(publicKey(key));
    tbs.setExtensions(new Extensions(extensions.toArray(new Extension[0])));
    return tbs.generateTBSCertificate();
  }

  /** SEQUENCE { to be signed, algorithm, signature }, the frame of certificates and CRLs. */
  public static byte[] signed(ASN1Encodable toBeSigned, byte[] rawSignature) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(toBeSigned);
    parts.add(ECDSA_SHA256);
    parts.add(new DERBitString(ecdsaValue(rawSignature)));
    return encode(new DERSequence(parts));
  }

  /** A signature r‖s of 64 bytes as SEQUENCE { r, s }. */
  public static byte[] ecdsaValue(byte[] raw) {
    ASN1EncodableVector rs = new ASN1EncodableVector();
    rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32))));
    rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64))));
    return encode(new DERSequence(rs));
  }
}
