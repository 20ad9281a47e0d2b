package network.calimero.tee.sigstore;

import java.time.Instant;
import java.util.Optional;

/**
 * Who signed an artifact, proven: only {@link SignatureVerifier} makes one. Texts are the
 * certificate's own.
 */
public final class Signer {
  private final Claims claims;
  private final LogEntry entry;
  private final SignedBy.Form form;

  Signer(Claims claims, LogEntry entry, SignedBy.Form form) {
    this.claims = claims;
    this.entry = entry;
    this.form = form;
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
    return entry.logIndex();
  }

  /** When the log took it in, whole seconds. */
  public Instant integratedTime() {
    return entry.integratedTime();
  }

  /** In which form the signature came. */
  public SignedBy.Form form() {
    return form;
  }

  /** Identity, log index and time, for people, on one line. */
  @Override
  public String toString() {
    return "%s, log index %d of %s".formatted(identity(), logIndex(), integratedTime());
  }
}
