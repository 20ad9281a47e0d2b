package network.calimero.tee.dcap;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;

/** What two readers, ours and the JDK's, make of the same certificate or CRL, in one form. */
final class JdkComparison {
  private static final String SGX_EXTENSION = "1.2.840.113741.1.13.1";
  private static final String CRL_NUMBER = "2.5.29.20";

  private JdkComparison() {}

  static X509Certificate jdkCertificate(Bytes der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toArray()));
  }

  static X509CRL jdkCrl(Bytes der) throws GeneralSecurityException {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(der.toArray()));
  }

  static Map<String, Object> meaning(Certificate ours) {
    Map<String, Object> all = new TreeMap<>();
    all.put("serial", ours.serial());
    all.put("issuer", ours.issuer().hex());
    all.put("subject", ours.subject().hex());
    all.put("from", ours.validity().notBefore());
    all.put("to", ours.validity().notAfter());
    all.put("key", ours.key().point().hex());
    all.put("is a CA", ours.isAuthority());
    all.put("may sign", ours.maySign());
    all.put("may sign certificates", ours.maySignCertificates());
    all.put("may sign CRLs", ours.maySignCrls());
    all.put("SGX", ours.extensions().value("2a864886f84d010d01").map(Bytes::hex).orElse("none"));
    all.put("signed part", ours.signed().hex());
    return all;
  }

  static Map<String, Object> meaning(X509Certificate jdk) throws GeneralSecurityException {
    Map<String, Object> all = new TreeMap<>();
    all.put("serial", jdk.getSerialNumber());
    all.put("issuer", hex(jdk.getIssuerX500Principal().getEncoded()));
    all.put("subject", hex(jdk.getSubjectX500Principal().getEncoded()));
    all.put("from", jdk.getNotBefore().toInstant());
    all.put("to", jdk.getNotAfter().toInstant());
    all.put("key", point((ECPublicKey) jdk.getPublicKey()));
    all.put("is a CA", jdk.getBasicConstraints() >= 0);
    boolean[] uses = jdk.getKeyUsage();
    all.put("may sign", uses == null || uses[0]);
    all.put("may sign certificates", uses == null || uses[5]);
    all.put("may sign CRLs", uses == null || uses[6]);
    all.put("SGX", extension(jdk.getExtensionValue(SGX_EXTENSION)));
    all.put("signed part", hex(jdk.getTBSCertificate()));
    return all;
  }

  static Map<String, Object> meaning(Crl ours) {
    Map<String, Object> all = new TreeMap<>();
    all.put("issuer", ours.issuer().hex());
    all.put("from", ours.validity().notBefore());
    all.put("to", ours.validity().notAfter());
    all.put("number", ours.number());
    all.put("revoked", new TreeSet<>(ours.revoked()));
    all.put("signed part", ours.signed().hex());
    return all;
  }

  static Map<String, Object> meaning(X509CRL jdk) throws GeneralSecurityException {
    Map<String, Object> all = new TreeMap<>();
    all.put("issuer", hex(jdk.getIssuerX500Principal().getEncoded()));
    all.put("from", jdk.getThisUpdate().toInstant());
    all.put("to", jdk.getNextUpdate().toInstant());
    byte[] number = HexFormat.of().parseHex(extension(jdk.getExtensionValue(CRL_NUMBER)));
    all.put("number", new BigInteger(number, 2, number.length - 2));
    Set<BigInteger> serials = new TreeSet<>();
    Set<? extends X509CRLEntry> entries = jdk.getRevokedCertificates();
    if (entries != null) {
      entries.forEach(entry -> serials.add(entry.getSerialNumber()));
    }
    all.put("revoked", serials);
    all.put("signed part", hex(jdk.getTBSCertList()));
    return all;
  }

  /** The value inside the OCTET STRING that the JDK gives. */
  private static String extension(byte[] octets) throws GeneralSecurityException {
    if (octets == null) {
      return "none";
    }
    try {
      return Der.only(Bytes.of(octets), Der.OCTET_STRING).content().hex();
    } catch (MalformedException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static String point(ECPublicKey key) {
    return hex(coordinate(key.getW().getAffineX())) + hex(coordinate(key.getW().getAffineY()));
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] fixed = new byte[32];
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
