package network.calimero.tee.bundles;

import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.rekor.client.RekorParseException;
import dev.sigstore.rekor.client.RekorTypeException;
import dev.sigstore.rekor.client.RekorTypes;
import dev.sigstore.rekor.dsse.v0_0_1.Dsse;
import dev.sigstore.timestamp.client.ImmutableTimestampResponse;
import dev.sigstore.timestamp.client.TimestampException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * What sigstore-java 2.0.0 leaves out, to be asked after it said "yes": only then can what is
 * compared here be believed (docs/adr/0013-todays-bundles.md).
 */
final class StricterChecks {
  private final SigstoreTrustedRoot root;
  private final TodaysBundle bundle;

  StricterChecks(SigstoreTrustedRoot root, TodaysBundle bundle) {
    this.root = root;
    this.bundle = bundle;
  }

  /** Makes them all. */
  void require() throws SignatureRefusedException {
    for (Instant time : times()) {
      requireCertificateValidAt(time);
      requireLogValidAt(time);
    }
    requireProofOfThatTree();
    if (bundle.isStatement()) {
      requireStatementsCertificateInLog();
    }
  }

  /** When it was signed: as the log promised, else as the first timestamp says. */
  Instant signedAt() throws SignatureRefusedException {
    return times().getFirst();
  }

  private List<Instant> times() throws SignatureRefusedException {
    List<Instant> times = new ArrayList<>();
    if (bundle.hasPromise()) {
      times.add(bundle.entry().getIntegratedTimeInstant());
    }
    try {
      for (var timestamp : bundle.library().getTimestamps()) {
        byte[] encoded = timestamp.getRfc3161Timestamp();
        var response = ImmutableTimestampResponse.builder().encoded(encoded).build();
        times.add(response.getGenTime().toInstant());
      }
    } catch (TimestampException e) {
      throw refused(Code.TIMESTAMP_REFUSED, "a timestamp cannot be read", "", "");
    }
    if (times.isEmpty()) {
      throw refused(
          Code.TIMESTAMP_REFUSED,
          "nobody vouches for the time of signing",
          "neither the log's promise nor a timestamp",
          "one of them");
    }
    return Collections.unmodifiableList(times);
  }

  /** The library compares timestamps with the certificate, the log's time it does not. */
  private void requireCertificateValidAt(Instant time) throws SignatureRefusedException {
    X509Certificate certificate = bundle.certificate();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (time.isBefore(from) || time.isAfter(to)) {
      throw refused(
          Code.CERTIFICATE_NOT_VALID_THEN,
          "the certificate was not valid when it was signed",
          time.toString(),
          from + " to " + to);
    }
  }

  /** The library finds the log's key by its number, whatever the time. */
  private void requireLogValidAt(Instant time) throws SignatureRefusedException {
    Bytes logId = Bytes.fromHex(bundle.entry().getLogID());
    if (TransparencyLog.find(root.getTLogs(), logId.toArray(), time).isEmpty()) {
      throw refused(
          Code.LOG_KEY_NOT_VALID_THEN,
          "the trusted root does not believe the log's key for the time of signing",
          time.toString(),
          "a time in which the key is valid");
    }
  }

  /** The log signs the size of its tree; the library takes that of the proof unseen. */
  private void requireProofOfThatTree() throws SignatureRefusedException {
    RekorEntry.InclusionProof proof = bundle.entry().getVerification().getInclusionProof();
    if (proof == null) {
      throw refused(Code.LOG_ENTRY_REFUSED, "there is no inclusion proof", "", "");
    }
    long signedSize;
    try {
      signedSize = proof.parsedCheckpoint().getSize();
    } catch (RekorParseException e) {
      throw refused(Code.LOG_ENTRY_REFUSED, "the checkpoint cannot be read", "", "");
    }
    if (signedSize != proof.getTreeSize()) {
      throw refused(
          Code.LOG_ENTRY_REFUSED,
          "the inclusion proof is for another tree than the checkpoint",
          proof.getTreeSize() + " entries",
          signedSize + " entries");
    }
    if (proof.getLogIndex() < 0 || proof.getLogIndex() >= proof.getTreeSize()) {
      throw refused(
          Code.LOG_ENTRY_REFUSED,
          "the inclusion proof is for an entry that the tree does not have",
          String.valueOf(proof.getLogIndex()),
          "0 to " + (proof.getTreeSize() - 1));
    }
  }

  /** For entries of kind {@code dsse} 0.0.1 the library compares payload and signature only. */
  private void requireStatementsCertificateInLog() throws SignatureRefusedException {
    try {
      if (!"0.0.1".equals(bundle.entry().getBodyDecoded().getApiVersion())) {
        return; // of 0.0.2 the library compares it
      }
      Dsse logged = RekorTypes.getDsseV001(bundle.entry());
      String verifier = logged.getSignatures().getFirst().getVerifier();
      var certificate = Certificates.fromPem(Base64.getDecoder().decode(verifier));
      if (certificate.equals(bundle.certificate())) {
        return;
      }
    } catch (RekorTypeException
        | CertificateException
        | dev.sigstore.json.JsonParseException
        | RuntimeException e) {
      throw refused(
          Code.LOG_ENTRY_OF_OTHER_CERTIFICATE, "the log entry has no certificate", "", "");
    }
    throw refused(
        Code.LOG_ENTRY_OF_OTHER_CERTIFICATE, "the log entry has another certificate", "", "");
  }

  private static SignatureRefusedException refused(
      Code code, String reason, String found, String expected) {
    return new SignatureRefusedException(code, reason, found, expected);
  }
}
