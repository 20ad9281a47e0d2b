package network.calimero.tee.bundles;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.fulcio.client.FulcioVerificationException;
import dev.sigstore.fulcio.client.FulcioVerifier;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.rekor.client.RekorVerifier;
import dev.sigstore.timestamp.client.ImmutableTimestampResponse;
import dev.sigstore.timestamp.client.TimestampException;
import dev.sigstore.timestamp.client.TimestampVerificationException;
import dev.sigstore.timestamp.client.TimestampVerifier;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * sigstore-java's verdict. The library says "no" in words only; what kind of "no" it is comes from
 * asking its parts one by one.
 */
final class LibraryVerifier {
  private static final int MAX_TEXT = 400;

  private final KeylessVerifier whole;
  private final FulcioVerifier certificates;
  private final RekorVerifier log;
  private final TimestampVerifier timestamps;

  LibraryVerifier(SigstoreTrustedRoot root) throws MalformedException {
    try {
      whole = KeylessVerifier.builder().trustedRootProvider(() -> root).build();
      certificates = FulcioVerifier.newFulcioVerifier(root);
      log = RekorVerifier.newRekorVerifier(root);
      timestamps = TimestampVerifier.newTimestampVerifier(root);
    } catch (SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
      throw new MalformedException("a key or certificate in it is unusable: " + message(e));
    }
  }

  /**
   * Chain, published certificate, signature, log entry, inclusion, promise and timestamps; of the
   * identity nothing.
   */
  void verify(ArtifactDigest artifact, TodaysBundle bundle) throws SignatureRefusedException {
    try {
      whole.verify(artifact.sha256().toArray(), bundle.library(), VerificationOptions.empty());
    } catch (KeylessVerificationException | RuntimeException e) {
      throw new SignatureRefusedException(
          code(artifact, bundle), "sigstore-java refuses the bundle: " + message(e), "", "");
    }
  }

  private Code code(ArtifactDigest artifact, TodaysBundle bundle) {
    if (fails(() -> certificates.verifySigningCertificate(bundle.library().getCertPath()))) {
      return Code.CERTIFICATE_REFUSED;
    }
    if (fails(() -> log.verifyEntry(bundle.entry()))) {
      return Code.LOG_ENTRY_REFUSED;
    }
    if (fails(() -> verifyTimestamps(bundle))) {
      return Code.TIMESTAMP_REFUSED;
    }
    return fails(() -> verifySignature(artifact, bundle))
        ? Code.SIGNATURE_WRONG
        : Code.LOG_ENTRY_OF_OTHER_SIGNATURE;
  }

  private void verifyTimestamps(TodaysBundle bundle)
      throws TimestampVerificationException, TimestampException, GeneralSecurityException {
    byte[] signature = bundle.signature().toArray();
    for (Bundle.Timestamp timestamp : bundle.library().getTimestamps()) {
      byte[] encoded = timestamp.getRfc3161Timestamp();
      var response = ImmutableTimestampResponse.builder().encoded(encoded).build();
      timestamps.verify(response, signature);
      bundle.certificate().checkValidity(response.getGenTime());
    }
  }

  private static void verifySignature(ArtifactDigest artifact, TodaysBundle bundle)
      throws GeneralSecurityException {
    var verifier = Verifiers.newVerifier(bundle.certificate().getPublicKey());
    byte[] signature = bundle.signature().toArray();
    Optional<Bundle.DsseEnvelope> statement = bundle.library().getDsseEnvelope();
    boolean right =
        statement.isPresent()
            ? verifier.verify(statement.get().getPAE(), signature)
            : verifier.verifyDigest(artifact.sha256().toArray(), signature);
    if (!right) {
      throw new GeneralSecurityException("wrong");
    }
  }

  /** One question to the library. */
  private interface Question {
    void ask()
        throws FulcioVerificationException,
            RekorVerificationException,
            TimestampVerificationException,
            TimestampException,
            GeneralSecurityException,
            IOException;
  }

  private static boolean fails(Question question) {
    try {
      question.ask();
      return false;
    } catch (FulcioVerificationException
        | RekorVerificationException
        | TimestampVerificationException
        | TimestampException
        | GeneralSecurityException
        | IOException
        | RuntimeException _) {
      return true;
    }
  }

  /** The innermost message says what, the others only where. */
  private static String message(Throwable failure) {
    Throwable innermost = failure;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      innermost = cause.getMessage() == null ? innermost : cause;
    }
    String message = innermost.getMessage();
    return PlainText.bounded(
        message == null ? innermost.getClass().getSimpleName() : message, MAX_TEXT);
  }
}
