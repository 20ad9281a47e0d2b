package network.calimero.tee.simulator.pki;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A certificate revocation list before it is signed, laid out as Intel's, every field changeable.
 */
public final class CrlBuilder {
  private static final Extensions KEY_COMPROMISE =
      new Extensions(
          Der.extension(Extension.reasonCode, false, CRLReason.lookup(CRLReason.keyCompromise)));

  private DistinguishedName issuer;
  private SimulatedKey signer;
  private Instant thisUpdate;
  private @Nullable Instant nextUpdate;
  private @Nullable BigInteger number = BigInteger.ONE;
  private byte @Nullable [] authorityKeyId;
  private final List<BigInteger> revoked = new ArrayList<>();
  private byte[] trailing = new byte[0];
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();

  CrlBuilder(SimulatedCertificate ca, Validity validity) {
    issuer = ca.subject();
    signer = ca.key();
    authorityKeyId = ca.key().keyId();
    thisUpdate = validity.notBefore();
    nextUpdate = validity.notAfter();
  }

  /** Adds a serial number, with the reason key compromise. */
  public CrlBuilder revoke(BigInteger serial) {
    revoked.add(serial);
    return this;
  }

  /** Adds a certificate. */
  public CrlBuilder revoke(SimulatedCertificate certificate) {
    return revoke(certificate.serial());
  }

  /** When it was issued, and when the next is due (or not said). */
  public CrlBuilder validity(Instant issued, @Nullable Instant next) {
    thisUpdate = issued;
    nextUpdate = next;
    return this;
  }

  /** Only the issuer's name, so that it can disagree with the key. */
  public CrlBuilder issuerName(DistinguishedName name) {
    issuer = name;
    return this;
  }

  /** Only the key that signs, so that it can disagree with the name. */
  public CrlBuilder signedWith(SimulatedKey key) {
    signer = key;
    return this;
  }

  /** The CRL number, or none. */
  public CrlBuilder number(@Nullable BigInteger value) {
    number = value;
    return this;
  }

  /** The issuer's key identifier, or none. */
  public CrlBuilder authorityKeyId(byte @Nullable [] id) {
    authorityKeyId = id == null ? null : id.clone();
    return this;
  }

  /** Bytes after the end of the list. */
  public CrlBuilder trailing(byte[] bytes) {
    trailing = bytes.clone();
    return this;
  }

  /** Spoils the signature (r‖s, 64 bytes) after signing. */
  public CrlBuilder signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** Signs what has been set: DER. */
  byte[] sign() {
    V2TBSCertListGenerator tbs = new V2TBSCertListGenerator();
    tbs.setSignature(Der.ECDSA_SHA256);
    tbs.setIssuer(issuer.toX500());
    tbs.setThisUpdate(Der.time(thisUpdate));
    if (nextUpdate != null) {
      tbs.setNextUpdate(Der.time(nextUpdate));
    }
    for (BigInteger serial : revoked) {
      tbs.addCRLEntry(new ASN1Integer(serial), Der.time(thisUpdate), KEY_COMPROMISE);
    }
    List<Extension> extensions = extensions();
    if (!extensions.isEmpty()) {
      tbs.setExtensions(new Extensions(extensions.toArray(new Extension[0])));
    }
    var toBeSigned = tbs.generateTBSCertList();
    byte[] raw = signature.apply(signer.sign(Der.encode(toBeSigned)));
    return Bytes.concat(Der.signed(toBeSigned, raw), trailing);
  }

  private List<Extension> extensions() {
    List<Extension> all = new ArrayList<>();
    if (number != null) {
      all.add(Der.extension(Extension.cRLNumber, false, new CRLNumber(number)));
    }
    if (authorityKeyId != null) {
      var value = new AuthorityKeyIdentifier(authorityKeyId);
      all.add(Der.extension(Extension.authorityKeyIdentifier, false, value));
    }
    return all;
  }
}
