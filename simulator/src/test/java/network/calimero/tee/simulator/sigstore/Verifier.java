package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges signatures under a trusted root with the JDK's cryptography, straight from the RFCs. */
public final class Verifier {
  private static final String SCT_OID = "1.3.6.1.4.1.11129.2.4.2";
  private static final int SCT_START = 4;
  private static final int SCT_FIXED = 1 + 32 + 8 + 2 + 2;

  private final JsonNode root;

  /** With the text of a {@code trusted_root.json}. */
  public Verifier(byte[] trustedRoot) {
    root = JsonMapper.shared().readTree(trustedRoot);
  }

  /** Whether a certificate's key signed an artifact. */
  public boolean signed(byte[] pem, byte[] artifact, byte[] signature) {
    return verifies(certificate(pem).getPublicKey(), artifact, signature);
  }

  /** Whether a certificate has a path to the root at an instant. */
  public boolean chains(byte[] certificate, Instant at) {
    try {
      JsonNode chain = root.at("/certificateAuthorities/0/certChain/certificates");
      TrustAnchor anchor = new TrustAnchor(raw(chain.get(1)), null);
      PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      var path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(List.of(certificate(certificate), raw(chain.get(0))));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return true;
    } catch (CertPathValidatorException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the certificate log signed what the certificate was before its promise was put in. */
  public boolean certificateLogged(byte[] certificate) {
    byte[] list = ASN1OctetString.getInstance(extension(certificate, SCT_OID)).getOctets();
    byte[] timestamp = Arrays.copyOfRange(list, SCT_START, list.length);
    byte[] content = withoutTimestamps(certificate);
    JsonNode issuer = root.at("/certificateAuthorities/0/certChain/certificates/0");
    byte[] issuerKeyHash = digest(raw(issuer).getPublicKey().getEncoded());
    ByteBuffer signed = ByteBuffer.allocate(content.length + 49);
    signed.put((byte) 0).put((byte) 0).put(timestamp, 33, 8).putShort((short) 1);
    signed.put(issuerKeyHash).put((byte) 0).putShort((short) content.length).put(content);
    byte[] signature = Arrays.copyOfRange(timestamp, SCT_FIXED + 2, timestamp.length);
    return verifies(key("/ctlogs/0"), signed.array(), signature);
  }

  private static byte[] withoutTimestamps(byte[] der) {
    TBSCertificate whole = Certificate.getInstance(der).getTBSCertificate();
    Extension[] kept =
        Arrays.stream(whole.getExtensions().getExtensionOIDs())
            .filter(oid -> !oid.getId().equals(SCT_OID))
            .map(whole.getExtensions()::getExtension)
            .toArray(Extension[]::new);
    V3TBSCertificateGenerator part = new V3TBSCertificateGenerator();
    part.setSerialNumber(whole.getSerialNumber());
    part.setSignature(whole.getSignature());
    part.setIssuer(whole.getIssuer());
    part.setStartDate(whole.getStartDate());
    part.setEndDate(whole.getEndDate());
    part.setSubject(whole.getSubject());
    part.setSubjectPublicKeyInfo(whole.getSubjectPublicKeyInfo());
    part.setExtensions(new Extensions(kept));
    try {
      return part.generateTBSCertificate().getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The subject alternative name. */
  public String identity(byte[] certificate) {
    try {
      List<?> name = certificate(certificate).getSubjectAlternativeNames().iterator().next();
      return (String) name.get(1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it has an extension. */
  public boolean hasExtension(byte[] certificate, String oid) {
    return certificate(certificate).getExtensionValue(oid) != null;
  }

  /** The value of a claim of the arc 1.3.6.1.4.1.57264.1. */
  public byte[] claim(byte[] certificate, int number) {
    return extension(certificate, "1.3.6.1.4.1.57264.1." + number);
  }

  /** The text of a claim that is a UTF8String. */
  public String utf8Claim(byte[] certificate, int number) {
    return ASN1UTF8String.getInstance(claim(certificate, number)).getString();
  }

  /** Whether the log promised an entry: body, time, log and index as cosign's bundle has them. */
  public boolean promised(JsonNode payload, byte[] promise) {
    String signed =
        "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":%d}"
            .formatted(
                payload.get("body").stringValue(),
                payload.get("integratedTime").longValue(),
                payload.get("logID").stringValue(),
                payload.get("logIndex").longValue());
    return verifies(key("/tlogs/0"), signed.getBytes(UTF_8), promise);
  }

  /** Whether an entry of today's bundle is in the tree whose root the checkpoint signs. */
  public boolean included(JsonNode entry) {
    JsonNode proof = entry.get("inclusionProof");
    byte[] body = Base64.getDecoder().decode(entry.get("canonicalizedBody").stringValue());
    byte[] hash = digest(new byte[] {0}, body);
    long index = Long.parseLong(proof.get("logIndex").stringValue());
    long last = Long.parseLong(proof.get("treeSize").stringValue()) - 1;
    for (JsonNode step : proof.get("hashes")) {
      byte[] beside = Base64.getDecoder().decode(step.stringValue());
      boolean right = index % 2 == 1 || index == last;
      hash = right ? digest(new byte[] {1}, beside, hash) : digest(new byte[] {1}, hash, beside);
      while (right && index % 2 == 0 && index != 0) {
        index /= 2;
        last /= 2;
      }
      index /= 2;
      last /= 2;
    }
    String root = Base64.getEncoder().encodeToString(hash);
    String note = proof.at("/checkpoint/envelope").stringValue();
    return last == 0
        && root.equals(proof.get("rootHash").stringValue())
        && root.equals(note.split("\n", -1)[2])
        && noteSigned(note);
  }

  /** Whether the log signed a checkpoint. */
  public boolean noteSigned(String note) {
    int end = note.indexOf("\n\n") + 1;
    String[] line = note.substring(end + 1).strip().split(" ", -1);
    byte[] signed = Base64.getDecoder().decode(line[2]);
    byte[] signature = Arrays.copyOfRange(signed, 4, signed.length);
    return verifies(key("/tlogs/0"), note.substring(0, end).getBytes(UTF_8), signature);
  }

  /** SHA-256 in hex. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest(content));
  }

  private PublicKey key(String log) {
    byte[] der = Base64.getDecoder().decode(root.at(log + "/publicKey/rawBytes").stringValue());
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate raw(JsonNode certificate) {
    return certificate(Base64.getDecoder().decode(certificate.get("rawBytes").stringValue()));
  }

  private static X509Certificate certificate(byte[] pemOrDer) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pemOrDer));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extension(byte[] certificate, String oid) {
    return ASN1OctetString.getInstance(certificate(certificate).getExtensionValue(oid)).getOctets();
  }

  private static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
