package network.calimero.tee.simulator.sigstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.pki.Der;
import network.calimero.tee.simulator.pki.Validity;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** An authority that says when it saw a digest (RFC 3161), in whole seconds. */
final class TimestampAuthority {
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  private static final ASN1ObjectIdentifier SIGNED_DATA = oid("1.2.840.113549.1.7.2");
  private static final ASN1ObjectIdentifier TST_INFO = oid("1.2.840.113549.1.9.16.1.4");
  private static final ASN1ObjectIdentifier CONTENT_TYPE = oid("1.2.840.113549.1.9.3");
  private static final ASN1ObjectIdentifier MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4");
  private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47");
  private static final ASN1ObjectIdentifier POLICY = oid("1.3.6.1.4.1.57264.2");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final CertificateAuthority root;
  private final CertificateAuthority signer;

  TimestampAuthority(Seed seed, Instant now) {
    Validity years = Validity.around(now, Duration.ofDays(3650), Duration.ofDays(3650));
    root =
        CertificateAuthority.named("sigstore-tsa-root", seed, years, draft -> draft.authority(0));
    signer =
        CertificateAuthority.named(
            "sigstore-tsa",
            seed,
            years,
            draft ->
                draft
                    .issuedBy(root)
                    .keyUsage(KeyUsage.digitalSignature)
                    .purpose(KeyPurposeId.id_kp_timeStamping, true));
  }

  /** The signing certificate and its root, DER. */
  List<byte[]> chain() {
    return List.of(signer.der(), root.der());
  }

  /** The answer to a request for a timestamp over a message: granted, with a token. */
  byte[] answer(byte[] message, Instant at) {
    ASN1Encodable granted = new DERSequence(new ASN1Integer(0));
    return Der.encode(sequence(granted, sequence(SIGNED_DATA, explicit(signedData(message, at)))));
  }

  private ASN1Encodable signedData(byte[] message, Instant at) {
    byte[] info = Der.encode(info(message, at));
    ASN1Encodable content = sequence(TST_INFO, explicit(new DEROctetString(info)));
    ASN1Encodable certificates = implicit(set(parsed(signer.der())));
    return sequence(new ASN1Integer(3), set(SHA256), content, certificates, set(signerInfo(info)));
  }

  /** TSTInfo: what is certified (RFC 3161, 2.4.2). */
  private static ASN1Encodable info(byte[] message, Instant at) {
    byte[] digest = Hash.sha256(message);
    return sequence(
        new ASN1Integer(1),
        POLICY,
        sequence(SHA256, new DEROctetString(digest)),
        new ASN1Integer(new BigInteger(1, digest).shiftRight(128)),
        new ASN1GeneralizedTime(TIME.format(at)));
  }

  /** SignerInfo over the attributes that RFC 3161, 2.4.2 and RFC 5816 require. */
  private ASN1Encodable signerInfo(byte[] info) {
    ASN1Encodable certificateHash = new DEROctetString(Hash.sha256(signer.der()));
    DERSet attributes =
        set(
            attribute(CONTENT_TYPE, TST_INFO),
            attribute(MESSAGE_DIGEST, new DEROctetString(Hash.sha256(info))),
            attribute(SIGNING_CERTIFICATE, sequence(sequence(sequence(certificateHash)))));
    byte[] signature = Der.ecdsaValue(signer.key().sign(Der.encode(attributes)));
    return sequence(
        new ASN1Integer(1),
        sequence(root.subject(), new ASN1Integer(signer.serial())),
        SHA256,
        implicit(attributes),
        Der.ECDSA_SHA256,
        new DEROctetString(signature));
  }

  private static ASN1Encodable attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return sequence(type, set(value));
  }

  private static DERSequence sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  private static DERSet set(ASN1Encodable... parts) {
    return new DERSet(parts);
  }

  private static ASN1Encodable explicit(ASN1Encodable value) {
    return new DERTaggedObject(true, 0, value);
  }

  private static ASN1Encodable implicit(ASN1Encodable value) {
    return new DERTaggedObject(false, 0, value);
  }

  private static ASN1Encodable parsed(byte[] der) {
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ASN1ObjectIdentifier oid(String text) {
    return new ASN1ObjectIdentifier(text);
  }
}
