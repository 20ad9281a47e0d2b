package network.calimero.tee.simulator.sigstore;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.SimulatedKey;

/**
 * One act of signing before it happens, every part changeable. Starts as a proper one; tests get it
 * through {@link SimulatedSigstore#sign(byte[], WorkflowIdentity, Instant, Consumer)}.
 */
public final class Signing {
  private static final Duration UNTIL_LOGGED = Duration.ofSeconds(1);

  private Consumer<CertificateDraft> certificate = draft -> {};
  private Consumer<CertificateDraft> afterTimestamp = draft -> {};
  private UnaryOperator<byte[]> certificateTimestamp = UnaryOperator.identity();
  private boolean withCertificateTimestamp = true;
  private SimulatedKey certificateLogKey;
  private Instant certificateTimestampAt;
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();
  private UnaryOperator<String> logged = UnaryOperator.identity();
  private UnaryOperator<String> promised = UnaryOperator.identity();
  private Instant integratedTime;
  private Instant stampedTime;
  private TransparencyLog log;

  Signing(SimulatedSigstore service, Instant at) {
    certificateLogKey = service.certificateLog().key();
    certificateTimestampAt = at;
    integratedTime = at.plus(UNTIL_LOGGED);
    stampedTime = integratedTime;
    log = service.log();
  }

  /** Changes the certificate before the certificate log and the authority see it. */
  public Signing certificate(Consumer<CertificateDraft> change) {
    certificate = certificate.andThen(change);
    return this;
  }

  /** Changes the certificate after the log has promised another, and before it is signed. */
  public Signing certificateBehindTheLog(Consumer<CertificateDraft> change) {
    afterTimestamp = afterTimestamp.andThen(change);
    return this;
  }

  /** Leaves out the certificate log's promise. */
  public Signing withoutCertificateTimestamp() {
    withCertificateTimestamp = false;
    return this;
  }

  /** Takes the promise from the certificate log of another service. */
  public Signing certificateLogOf(SimulatedSigstore other) {
    certificateLogKey = other.certificateLog().key();
    return this;
  }

  /** When the certificate log says that it saw the certificate. */
  public Signing certificateTimestampAt(Instant at) {
    certificateTimestampAt = at;
    return this;
  }

  /** Spoils the certificate log's promise, as serialized (RFC 6962, 3.2). */
  public Signing certificateTimestamp(UnaryOperator<byte[]> change) {
    certificateTimestamp = change;
    return this;
  }

  /** Changes the signature over the artifact, DER, before it is logged. */
  public Signing signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** Changes the entry, canonical JSON, before the log sees it. */
  public Signing logEntry(UnaryOperator<String> change) {
    logged = change;
    promised = change;
    return this;
  }

  /** Lets the log promise another entry than it has. */
  public Signing promisedEntry(UnaryOperator<String> change) {
    promised = change;
    return this;
  }

  /** When the log says that it took the entry, whole seconds. */
  public Signing integratedTime(Instant at) {
    integratedTime = at;
    return this;
  }

  /** When the timestamp authority says that it saw the signature, whole seconds. */
  public Signing stampedTime(Instant at) {
    stampedTime = at;
    return this;
  }

  /** Logs the entry in the log of another service. */
  public Signing logOf(SimulatedSigstore other) {
    log = other.log();
    return this;
  }

  /** Turns a draft into a signed certificate, DER. */
  byte[] issue(CertificateDraft draft) {
    certificate.accept(draft);
    if (withCertificateTimestamp) {
      byte[] proper =
          new CertificateLog(certificateLogKey)
              .timestamp(draft.toBeSigned(), draft.signer(), certificateTimestampAt);
      draft.extension(CertificateLog.extension(certificateTimestamp.apply(proper)));
    }
    afterTimestamp.accept(draft);
    return draft.sign();
  }

  byte[] signature(byte[] proper) {
    return signature.apply(proper);
  }

  LogRecord log(String digest, String entry) {
    return log.add(digest, logged.apply(entry), promised.apply(entry), integratedTime);
  }

  TransparencyLog log() {
    return log;
  }

  Instant stampedTime() {
    return stampedTime;
  }
}
