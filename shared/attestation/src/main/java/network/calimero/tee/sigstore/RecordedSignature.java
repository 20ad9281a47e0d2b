package network.calimero.tee.sigstore;

import java.time.Instant;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * Step 2: what the log took in is this signature over this artifact, made with this certificate's
 * key.
 */
record RecordedSignature(ArtifactDigest artifact, SignedBy signedBy, Instant time) {

  /** Compares the entry with what was presented. */
  static RecordedSignature compare(LogPromise promise, ArtifactDigest artifact, SignedBy signedBy)
      throws SignatureRefusedException {
    HashedRekord rekord = read(promise.entry());
    if (!rekord.digest().equals(artifact.sha256())) {
      throw new SignatureRefusedException(
          Code.LOG_ENTRY_OF_OTHER_ARTIFACT,
          "what was signed is another file",
          "a file of SHA-256 " + artifact,
          rekord.digest().hex());
    }
    if (!rekord.signature().equals(signedBy.signature())) {
      throw new SignatureRefusedException(
          Code.LOG_ENTRY_OF_OTHER_SIGNATURE,
          "the log has another signature than the one presented",
          "",
          "");
    }
    if (!rekord.certificate().equals(signedBy.certificate())) {
      throw new SignatureRefusedException(
          Code.LOG_ENTRY_OF_OTHER_CERTIFICATE,
          "the log has another certificate than the one presented",
          "",
          "");
    }
    return new RecordedSignature(artifact, signedBy, promise.time());
  }

  private static HashedRekord read(LogEntry entry) throws SignatureRefusedException {
    try {
      return HashedRekord.read(entry);
    } catch (MalformedException e) {
      throw new SignatureRefusedException(
          Code.LOG_ENTRY_UNKNOWN_KIND,
          "the log's entry is not about a signature over a file",
          e.reason(),
          "a hashedrekord 0.0.1");
    }
  }
}
