package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Der;
import network.calimero.tee.simulator.pki.Validity;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;

/** A certificate before it is signed, every field and extension changeable. */
public final class CertificateDraft {
  /** Embedded signed certificate timestamps (RFC 6962, 3.3). */
  public static final String SCT_OID = "1.3.6.1.4.1.11129.2.4.2";

  private static final String CLAIMS_ARC = "1.3.6.1.4.1.57264.1.";

  private final X500Name subject;
  private final SimulatedKey key;
  private final BigInteger serial;
  private final Map<String, Extension> extensions = new LinkedHashMap<>();
  private Validity validity;
  private X500Name issuer;
  private SimulatedKey signer;
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();

  CertificateDraft(X500Name subject, SimulatedKey key, BigInteger serial, Validity validity) {
    this.subject = subject;
    this.key = key;
    this.serial = serial;
    this.validity = validity;
    this.issuer = subject;
    this.signer = key;
    put(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(key.keyId()));
  }

  /** Name, key and key identifier of the issuer. */
  CertificateDraft issuedBy(CertificateAuthority authority) {
    issuer = authority.subject();
    signer = authority.key();
    byte[] id = authority.key().keyId();
    return put(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(id));
  }

  /** Issued by the authority of another service. */
  public CertificateDraft issuedBy(SimulatedSigstore other) {
    return issuedBy(other.intermediate());
  }

  /** Start and end of validity, both inclusive, whole seconds. */
  public CertificateDraft validity(Instant from, Instant to) {
    validity = new Validity(from, to);
    return this;
  }

  /** Makes it an authority above at most so many others. */
  public CertificateDraft authority(int pathLength) {
    put(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    return keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  /** Key usage bits of {@link KeyUsage}. */
  public CertificateDraft keyUsage(int bits) {
    return put(Extension.keyUsage, true, new KeyUsage(bits));
  }

  /** The one purpose of the key. */
  public CertificateDraft purpose(KeyPurposeId purpose, boolean critical) {
    return put(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purpose));
  }

  /** The identity: a URI as subject alternative name, critical. */
  public CertificateDraft identity(String uri) {
    GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, uri);
    return put(Extension.subjectAlternativeName, true, new GeneralNames(name));
  }

  /** A claim of the arc 1.3.6.1.4.1.57264.1: bare text up to .6, a UTF8String from .8 on. */
  public CertificateDraft claim(int number, String text) {
    ASN1ObjectIdentifier id = new ASN1ObjectIdentifier(CLAIMS_ARC + number);
    byte[] value = number <= 6 ? text.getBytes(UTF_8) : Der.encode(new DERUTF8String(text));
    return extension(new Extension(id, false, value));
  }

  /** Leaves a claim out. */
  public CertificateDraft withoutClaim(int number) {
    return without(CLAIMS_ARC + number);
  }

  /** All claims of a workflow's run, in both encodings, and its identity. */
  public CertificateDraft claims(WorkflowIdentity identity) {
    identity(identity.uri());
    identity.bareClaims().forEach(this::claim);
    identity.derClaims().forEach(this::claim);
    return this;
  }

  /** Any extension, in place of the one with the same identifier. */
  public CertificateDraft extension(Extension extension) {
    extensions.put(extension.getExtnId().getId(), extension);
    return this;
  }

  /** Leaves an extension out. */
  public CertificateDraft without(String oid) {
    extensions.remove(oid);
    return this;
  }

  /** Spoils the signature (r‖s, 64 bytes) after signing. */
  public CertificateDraft signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  SimulatedKey signer() {
    return signer;
  }

  TBSCertificate toBeSigned() {
    return Der.toBeSigned(serial, issuer, validity, subject, key, extensions.values());
  }

  /** The signed certificate in DER. */
  byte[] sign() {
    TBSCertificate content = toBeSigned();
    return Der.signed(content, signature.apply(signer.sign(Der.encode(content))));
  }

  private CertificateDraft put(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    return extension(Der.extension(id, critical, value));
  }
}
