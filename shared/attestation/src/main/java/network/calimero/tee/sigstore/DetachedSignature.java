package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * A signature and the certificate of its key in files of their own, {@code .sig} and {@code .pem}.
 * The certificate has long expired when anybody verifies, so alone they prove nothing: the log
 * entry that says when it was used must be looked up.
 *
 * @param signature DER of an ECDSA signature
 * @param certificate DER of the certificate
 */
public record DetachedSignature(Bytes signature, Bytes certificate) {
  static final int MAX_SIGNATURE = 256;

  /** The most that a {@code .sig} or {@code .pem} may have, in bytes. */
  public static final int MAX_FILE = 32 * 1024;

  /**
   * Reads both files.
   *
   * @param sig base64 of the signature, white space around it allowed
   * @param pem the certificate as PEM, or as base64 of that
   * @throws SignatureRefusedException if either is something else, or too long
   */
  public static DetachedSignature parse(Bytes sig, Bytes pem) throws SignatureRefusedException {
    return new DetachedSignature(signature(sig), certificate(pem));
  }

  /** The signature that a {@code .sig} holds. */
  static Bytes signature(Bytes sig) throws SignatureRefusedException {
    try {
      return JsonFields.base64("signature", text(sig).strip(), MAX_SIGNATURE);
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.SIGNATURE_FILE_MALFORMED, "the .sig file is no signature", e.reason(), "");
    }
  }

  private static Bytes certificate(Bytes pem) throws SignatureRefusedException {
    try {
      String text = text(pem).replace("\r\n", "\n").strip();
      return CertificateText.der(
          text.startsWith("-----")
              ? text
              : text(JsonFields.base64("PEM", text.replace("\n", ""), MAX_FILE)).strip());
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.CERTIFICATE_FILE_MALFORMED, "the .pem file is no certificate", e.reason(), "");
    }
  }

  /**
   * Refuses a {@code .sig} that is not this signature.
   *
   * @param sig the whole file: base64, white space around it allowed
   */
  public void requireSame(Bytes sig) throws SignatureRefusedException {
    if (!signature(sig).equals(signature)) {
      throw new SignatureRefusedException(
          Code.SIGNATURE_FILE_DIFFERS,
          "the .sig file and the bundle hold different signatures",
          "",
          "");
    }
  }

  private static String text(Bytes file) throws MalformedException {
    if (file.length() > MAX_FILE) {
      throw new MalformedException(
          "%d bytes, more than the %d allowed".formatted(file.length(), MAX_FILE));
    }
    return new String(file.toArray(), StandardCharsets.ISO_8859_1);
  }

  /**
   * What the log calls its entry of this signature over that artifact, if it has one: the hash of
   * the entry in lower-case hex. Only who has this very signature can have made it, while everybody
   * can log others over the same artifact.
   */
  public String entryName(ArtifactDigest artifact) {
    return new HashedRekord(artifact.sha256(), signature, certificate).leafHash().hex();
  }

  /**
   * This signature with the first of those entries that is about it; empty if none is. Whether the
   * log really has that entry is still to be verified.
   */
  public Optional<LoggedSignature> among(List<LogEntry> entries) {
    return entries.stream()
        .filter(this::isIn)
        .findFirst()
        .map(entry -> new LoggedSignature(this, entry));
  }

  private boolean isIn(LogEntry entry) {
    try {
      HashedRekord rekord = HashedRekord.read(entry);
      return rekord.signature().equals(signature) && rekord.certificate().equals(certificate);
    } catch (MalformedException e) {
      return false; // an entry of another kind, about something else
    }
  }
}
