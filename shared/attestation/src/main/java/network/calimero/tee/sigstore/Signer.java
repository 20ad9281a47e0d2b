package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.Optional;

/** Who signed an artifact, proven: only verifiers make one. Texts are the certificate's own. */
public final class Signer {
  private final Claims claims;
  private final long logIndex;
  private final Instant integratedTime;
  private final SignedBy.Form form;
  private final DetachedSignature signature;

  private Signer(
      Claims claims,
      long logIndex,
      Instant integratedTime,
      SignedBy.Form form,
      DetachedSignature signature) {
    this.claims = claims;
    this.logIndex = logIndex;
    this.integratedTime = integratedTime;
    this.form = form;
    this.signature = signature;
  }

  /** For verifiers, when everything else is verified. */
  public static Signer proven(
      Claims claims,
      long logIndex,
      Instant integratedTime,
      SignedBy.Form form,
      DetachedSignature signature) {
    return new Signer(claims, logIndex, integratedTime, form, signature);
  }

  /** The URI in the certificate's subject alternative name: repository, workflow file and ref. */
  public String identity() {
    return claims.identity();
  }

  /** Who told Fulcio who the signer is. */
  public String issuer() {
    return claims.issuer();
  }

  /** The name of the workflow, not of its file. */
  public String workflowName() {
    return claims.workflowName();
  }

  /** What started the workflow. */
  public String trigger() {
    return claims.trigger();
  }

  /** {@code owner/name}. */
  public String repository() {
    return claims.repository();
  }

  /** The repository's number, where the certificate carries it. */
  public Optional<String> repositoryId() {
    return claims.repositoryId();
  }

  /** The ref that the workflow ran for. */
  public String ref() {
    return claims.ref();
  }

  /** The commit that the workflow ran for, in hex. */
  public String commit() {
    return claims.commit();
  }

  /** Where the signature is in the transparency log. */
  public long logIndex() {
    return logIndex;
  }

  /** When the log took it in, or when a timestamp authority saw it; whole seconds. */
  public Instant integratedTime() {
    return integratedTime;
  }

  /** In which form the signature came. */
  public SignedBy.Form form() {
    return form;
  }

  /** The signature that holds and its certificate, as {@code .sig} and {@code .pem} have them. */
  public DetachedSignature signature() {
    return signature;
  }

  /** Identity, log index and time, for people, on one line. */
  @Override
  public String toString() {
    return "%s, log index %d of %s".formatted(identity(), logIndex(), integratedTime());
  }
}
