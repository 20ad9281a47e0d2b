package network.calimero.tee.functions.outbound;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An authority for certificates of TLS that only its test believes. */
final class TestAuthority {
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
  private static final char[] NO_PASSWORD = new char[0];

  private final KeyPair key;
  private final X500Name name = new X500Name("CN=Test authority");
  private final X509Certificate certificate;

  TestAuthority() throws GeneralSecurityException {
    key = newKey();
    certificate =
        certify(
            name,
            key,
            END,
            new Extension(Extension.basicConstraints, true, der(new BasicConstraints(0))));
  }

  private static byte[] der(org.bouncycastle.asn1.ASN1Object value) {
    try {
      return value.getEncoded(ASN1Encoding.DER);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certify(X500Name subject, KeyPair own, Instant end, Extension extension)
      throws GeneralSecurityException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.TWO));
    generator.setSignature(ECDSA);
    generator.setIssuer(name);
    generator.setSubject(subject);
    generator.setStartDate(new Time(Date.from(START)));
    generator.setEndDate(new Time(Date.from(end)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded()));
    generator.setExtensions(new Extensions(extension));
    var signed = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(der(signed));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(signed);
    parts.add(ECDSA);
    parts.add(new DERBitString(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der(new DERSequence(parts))));
  }

  /** A context that believes this authority and nobody else. */
  SSLContext believing() throws GeneralSecurityException, java.io.IOException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /** A context of a server with a certificate for that name. */
  SSLContext servingName(String host) throws GeneralSecurityException, java.io.IOException {
    return serving(new GeneralName(GeneralName.dNSName, host), END);
  }

  /** A context of a server with a certificate for that address. */
  SSLContext servingAddress(String address) throws GeneralSecurityException, java.io.IOException {
    return serving(new GeneralName(GeneralName.iPAddress, address), END);
  }

  /** A context of a server with a certificate for that name that has expired. */
  SSLContext servingExpired(String host) throws GeneralSecurityException, java.io.IOException {
    return serving(new GeneralName(GeneralName.dNSName, host), START.plusSeconds(1));
  }

  private SSLContext serving(GeneralName host, Instant end)
      throws GeneralSecurityException, java.io.IOException {
    KeyPair own = newKey();
    X509Certificate leaf =
        certify(
            new X500Name("CN=Test peer"),
            own,
            end,
            new Extension(Extension.subjectAlternativeName, false, der(new GeneralNames(host))));
    KeyStore store = empty();
    store.setKeyEntry("peer", own.getPrivate(), NO_PASSWORD, new X509Certificate[] {leaf});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    KeyManager[] managers = factory.getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers, null, null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, java.io.IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /** A connection of a server, under TLS. */
  static Socket secured(Socket raw, SSLContext context) throws java.io.IOException {
    var socket = (javax.net.ssl.SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    socket.setUseClientMode(false);
    return socket;
  }
}
