package network.calimero.tee.simulator.pki;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A certificate before it is signed: extensions and their order as in Intel's, every field
 * changeable. Starts as {@link SimulatedPki} fills it; tests get it through that class's hooks.
 */
public final class CertificateBuilder {
  private static final int NO_CA = -1;

  private final SimulatedKey subjectKey;
  private DistinguishedName subject;
  private DistinguishedName issuer;
  private SimulatedKey signer;
  private BigInteger serial;
  private Instant notBefore;
  private Instant notAfter;
  private int pathLength = NO_CA;
  private byte @Nullable [] authorityKeyId;
  private byte @Nullable [] subjectKeyId;
  private int keyUsage = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
  private @Nullable String crlUrl;
  private @Nullable SgxExtension sgx;
  private @Nullable String unknownCritical;
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();

  CertificateBuilder(
      DistinguishedName subject, SimulatedKey subjectKey, BigInteger serial, Validity validity) {
    this.subject = subject;
    this.subjectKey = subjectKey;
    this.issuer = subject;
    this.signer = subjectKey;
    this.serial = serial;
    this.notBefore = validity.notBefore();
    this.notAfter = validity.notAfter();
    this.subjectKeyId = subjectKey.keyId();
    this.authorityKeyId = subjectKey.keyId();
  }

  /** The subject's name. */
  public CertificateBuilder subject(DistinguishedName name) {
    subject = name;
    return this;
  }

  /** Name, key and key identifier of the issuer, all at once. */
  public CertificateBuilder issuedBy(SimulatedCertificate ca) {
    authorityKeyId = ca.key().keyId();
    return issuerName(ca.subject()).signedWith(ca.key());
  }

  /** Only the issuer's name, so that it can disagree with the key. */
  public CertificateBuilder issuerName(DistinguishedName name) {
    issuer = name;
    return this;
  }

  /** Only the key that signs, so that it can disagree with the name. */
  public CertificateBuilder signedWith(SimulatedKey key) {
    signer = key;
    return this;
  }

  /** The serial number. */
  public CertificateBuilder serial(BigInteger number) {
    serial = number;
    return this;
  }

  /** Start and end of validity, both inclusive. */
  public CertificateBuilder validity(Instant from, Instant to) {
    notBefore = from;
    notAfter = to;
    return this;
  }

  /** Makes it a certificate authority with a path length and the key usage of one. */
  public CertificateBuilder ca(int maxPathLength) {
    pathLength = maxPathLength;
    return keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  /** Makes it an end entity: basic constraints without the CA flag. */
  public CertificateBuilder endEntity() {
    pathLength = NO_CA;
    return keyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
  }

  /** Key usage bits of {@link KeyUsage}. */
  public CertificateBuilder keyUsage(int bits) {
    keyUsage = bits;
    return this;
  }

  /** The issuer's key identifier, or none. */
  public CertificateBuilder authorityKeyId(byte @Nullable [] id) {
    authorityKeyId = id == null ? null : id.clone();
    return this;
  }

  /** The subject's key identifier, or none. */
  public CertificateBuilder subjectKeyId(byte @Nullable [] id) {
    subjectKeyId = id == null ? null : id.clone();
    return this;
  }

  /** Where the CRL is, or nowhere. */
  public CertificateBuilder crlUrl(@Nullable String url) {
    crlUrl = url;
    return this;
  }

  /** The SGX extension, or none. */
  public CertificateBuilder sgx(@Nullable SgxExtension extension) {
    sgx = extension;
    return this;
  }

  /** Changes the SGX extension as it stands. */
  public CertificateBuilder changeSgx(Consumer<SgxExtension> change) {
    if (sgx != null) {
      change.accept(sgx);
    }
    return this;
  }

  /** Adds a critical extension that no verifier knows. */
  public CertificateBuilder unknownCriticalExtension(String oid) {
    unknownCritical = oid;
    return this;
  }

  /** Spoils the signature (r‖s, 64 bytes) after signing. */
  public CertificateBuilder signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** Signs what has been set. */
  SimulatedCertificate sign() {
    var toBeSigned =
        Der.toBeSigned(
            serial,
            issuer.toX500(),
            new Validity(notBefore, notAfter),
            subject.toX500(),
            subjectKey,
            extensions());
    byte[] raw = signature.apply(signer.sign(Der.encode(toBeSigned)));
    return new SimulatedCertificate(subject, serial, subjectKey, Der.signed(toBeSigned, raw));
  }

  private List<Extension> extensions() {
    List<Extension> all = new ArrayList<>();
    if (authorityKeyId != null) {
      var value = new AuthorityKeyIdentifier(authorityKeyId);
      all.add(Der.extension(Extension.authorityKeyIdentifier, false, value));
    }
    if (crlUrl != null) {
      all.add(Der.extension(Extension.cRLDistributionPoints, false, distributionPoint(crlUrl)));
    }
    if (subjectKeyId != null) {
      var value = new SubjectKeyIdentifier(subjectKeyId);
      all.add(Der.extension(Extension.subjectKeyIdentifier, false, value));
    }
    all.add(Der.extension(Extension.keyUsage, true, new KeyUsage(keyUsage)));
    all.add(Der.extension(Extension.basicConstraints, true, basicConstraints()));
    if (sgx != null) {
      all.add(Der.extension(new ASN1ObjectIdentifier(SgxExtension.OID), false, sgx.encode()));
    }
    if (unknownCritical != null) {
      var id = new ASN1ObjectIdentifier(unknownCritical);
      all.add(Der.extension(id, true, new DERUTF8String("simulated")));
    }
    return all;
  }

  private BasicConstraints basicConstraints() {
    return pathLength == NO_CA ? new BasicConstraints(false) : new BasicConstraints(pathLength);
  }

  private static CRLDistPoint distributionPoint(String url) {
    var name =
        new DistributionPointName(
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url)));
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
  }
}
