package network.calimero.tee.cli;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.CertificationData;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.Quote;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the PCK certificate in a quote says of its platform, for looking at only: no signature is
 * checked, and a certificate that cannot be read is left out.
 *
 * @param fmspc the platform type whose TCB info applies (dcap.md, step 4); null if not found
 */
record PckFacts(String subject, String issuer, String notAfter, @Nullable Fmspc fmspc) {
  private static final String SGX_EXTENSION = "1.2.840.113741.1.13.1";
  private static final ASN1ObjectIdentifier FMSPC = new ASN1ObjectIdentifier(SGX_EXTENSION + ".4");

  PckFacts {
    subject = PlainText.of(subject);
    issuer = PlainText.of(issuer);
  }

  static Optional<PckFacts> of(Quote quote) {
    return certificates(quote).stream()
        .filter(certificate -> certificate.getExtensionValue(SGX_EXTENSION) != null)
        .findFirst()
        .map(PckFacts::of);
  }

  /** The certificates that a quote carries; none where they cannot be read. */
  static List<X509Certificate> certificates(Quote quote) {
    return switch (quote.signatureData().certificationData()) {
      case CertificationData.PckChain chain -> read(chain.data());
      case CertificationData.PckLeaf leaf -> read(leaf.data());
      case CertificationData.Ppid _, CertificationData.PlatformManifest _ -> List.of();
    };
  }

  private static List<X509Certificate> read(Bytes pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(withoutNul(pem)))
          .stream()
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException _) {
      return List.of();
    }
  }

  private static PckFacts of(X509Certificate leaf) {
    return new PckFacts(
        leaf.getSubjectX500Principal().getName(),
        leaf.getIssuerX500Principal().getName(),
        leaf.getNotAfter().toInstant().toString(),
        fmspc(leaf.getExtensionValue(SGX_EXTENSION)));
  }

  private static byte[] withoutNul(Bytes pem) {
    int length = pem.length();
    while (length > 0 && pem.byteAt(length - 1) == 0) {
      length--;
    }
    return pem.slice(0, length).toArray();
  }

  private static @Nullable Fmspc fmspc(byte[] extension) {
    try {
      byte[] inner = ASN1OctetString.getInstance(extension).getOctets();
      for (ASN1Encodable entry : ASN1Sequence.getInstance(inner)) {
        ASN1Sequence pair = ASN1Sequence.getInstance(entry);
        if (FMSPC.equals(pair.getObjectAt(0))) {
          return Fmspc.of(ASN1OctetString.getInstance(pair.getObjectAt(1)).getOctets());
        }
      }
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException _) {
      // Not Intel's extension: nothing is known of the platform.
    }
    return null;
  }

  void write(Page page) {
    page.line("PCK certificate in the quote (not checked)");
    page.row("FMSPC", fmspc == null ? "not found" : fmspc.hex());
    page.row("subject", subject);
    page.row("issuer", issuer);
    page.row("valid until", notAfter);
    page.line("");
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("fmspc", fmspc == null ? null : fmspc.hex());
    node.put("subject", subject);
    node.put("issuer", issuer);
    node.put("notAfter", notAfter);
    return node;
  }
}
