package network.calimero.tee.simulator.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
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
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** DER pieces that certificates and CRLs share. */
final class Der {
  static final AlgorithmIdentifier ECDSA_SHA256 =
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

  static SubjectPublicKeyInfo publicKey(SimulatedKey key) {
    return new SubjectPublicKeyInfo(P256, key.publicPoint());
  }

  static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    return new Extension(id, critical, encode(value));
  }

  static byte[] encode(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SEQUENCE { to be signed, algorithm, signature }, the frame of certificates and CRLs. */
  static byte[] signed(ASN1Encodable toBeSigned, byte[] rawSignature) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(toBeSigned);
    parts.add(ECDSA_SHA256);
    parts.add(new DERBitString(ecdsaValue(rawSignature)));
    return encode(new DERSequence(parts));
  }

  private static byte[] ecdsaValue(byte[] raw) {
    ASN1EncodableVector rs = new ASN1EncodableVector();
    rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32))));
    rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64))));
    return encode(new DERSequence(rs));
  }
}
