package network.calimero.tee.simulator.sigstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** An answer of a timestamp authority, taken apart by position (RFC 3161; CMS, RFC 5652). */
final class Timestamp {
  private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

  private final ASN1Sequence signedData;
  private final byte[] info;

  Timestamp(byte[] answer) {
    ASN1Sequence token = sequence(ASN1Sequence.getInstance(answer), 1);
    signedData = ASN1Sequence.getInstance(ASN1TaggedObject.getInstance(token.getObjectAt(1)), true);
    ASN1TaggedObject content = ASN1TaggedObject.getInstance(sequence(signedData, 2).getObjectAt(1));
    info = ASN1OctetString.getInstance(content, true).getOctets();
  }

  /** What it is over: SHA-256 in hex. */
  String digest() {
    ASN1Sequence imprint = sequence(ASN1Sequence.getInstance(info), 2);
    return hex(ASN1OctetString.getInstance(imprint.getObjectAt(1)).getOctets());
  }

  /** What it says the time was. */
  Instant time() {
    try {
      var time = ASN1GeneralizedTime.getInstance(ASN1Sequence.getInstance(info).getObjectAt(4));
      return time.getDate().toInstant();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate of the key that signed it, DER. */
  byte[] signer() {
    ASN1TaggedObject certificates = ASN1TaggedObject.getInstance(signedData.getObjectAt(3));
    return encoded(ASN1Set.getInstance(certificates, false).getObjectAt(0).toASN1Primitive());
  }

  /** Whether that key signed attributes with the content's digest among them. */
  boolean isSigned() {
    ASN1Set signers = ASN1Set.getInstance(signedData.getObjectAt(4));
    ASN1Sequence signer = ASN1Sequence.getInstance(signers.getObjectAt(0));
    ASN1Set attributes =
        ASN1Set.getInstance(ASN1TaggedObject.getInstance(signer.getObjectAt(3)), false);
    byte[] signature = ASN1OctetString.getInstance(signer.getObjectAt(5)).getOctets();
    return messageDigest(attributes).equals(Verifier.sha256(info))
        && verifies(encoded(attributes), signature);
  }

  private static String messageDigest(ASN1Set attributes) {
    return Arrays.stream(attributes.toArray())
        .map(ASN1Sequence::getInstance)
        .filter(attribute -> attribute.getObjectAt(0).toString().equals(MESSAGE_DIGEST))
        .map(attribute -> ASN1Set.getInstance(attribute.getObjectAt(1)).getObjectAt(0))
        .map(value -> hex(ASN1OctetString.getInstance(value).getOctets()))
        .findFirst()
        .orElse("");
  }

  private boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(signer())));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ASN1Sequence sequence(ASN1Sequence parent, int index) {
    return ASN1Sequence.getInstance(parent.getObjectAt(index));
  }

  private static byte[] encoded(ASN1Object value) {
    try {
      return value.getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
