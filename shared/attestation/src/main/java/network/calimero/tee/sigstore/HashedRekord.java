package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.json.JsonFields;

/**
 * What the log has of a signature over a file: an entry of kind {@code hashedrekord} 0.0.1.
 *
 * @param digest SHA-256 over the artifact, 32 bytes
 * @param signature DER of an ECDSA signature
 * @param certificate DER of the certificate
 */
record HashedRekord(Bytes digest, Bytes signature, Bytes certificate) {
  private static final int MAX_SIZE = 64 * 1024;
  private static final int SHA256_SIZE = 32;

  /** What RFC 6962 puts before a leaf that it hashes. */
  private static final byte LEAF = 0;

  /** Reads the body of an entry. */
  static HashedRekord read(LogEntry entry) throws MalformedException {
    JsonFields all = JsonFields.parse(JsonFields.base64("body", entry.body(), MAX_SIZE), MAX_SIZE);
    all.requireText("kind", "hashedrekord");
    all.requireText("apiVersion", "0.0.1");
    all.only(Set.of("apiVersion", "kind", "spec"));
    JsonFields spec = all.object("spec").only(Set.of("data", "signature"));
    JsonFields hash = spec.object("data").only(Set.of("hash")).object("hash");
    hash.only(Set.of("algorithm", "value")).requireText("algorithm", "sha256");
    JsonFields signature = spec.object("signature").only(Set.of("content", "publicKey"));
    JsonFields key = signature.object("publicKey").only(Set.of("content"));
    return new HashedRekord(
        hash.hex("value", SHA256_SIZE),
        signature.base64("content", DetachedSignature.MAX_SIGNATURE),
        certificate(key.base64("content", CertificateText.MAX_SIZE)));
  }

  /** The body of the entry, in the only form that the log keeps. */
  Bytes body() {
    byte[] pem = CertificateText.of(certificate).getBytes(StandardCharsets.US_ASCII);
    return Bytes.of(
        """
        {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256",\
        "value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
        """
            .formatted(digest.hex(), base64(signature.toArray()), base64(pem))
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** The hash of the entry as a leaf of the log's Merkle tree (RFC 6962, section 2.1). */
  Bytes leafHash() {
    MessageDigest hash = Sha256.newDigest();
    hash.update(LEAF);
    body().updateInto(hash);
    return Bytes.of(hash.digest());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Bytes certificate(Bytes pem) throws MalformedException {
    return CertificateText.der(new String(pem.toArray(), StandardCharsets.ISO_8859_1));
  }
}
