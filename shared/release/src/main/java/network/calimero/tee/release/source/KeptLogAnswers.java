package network.calimero.tee.release.source;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.source.SourceException.Code;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.LogEntry;

/** What a log was asked before, from a folder; then, if there is somebody, asks. */
public final class KeptLogAnswers implements LogLookup {
  private final ReleaseFolder folder;
  private final Optional<LogLookup> next;

  /** Without somebody to ask: what is not in the folder is not to be had. */
  public KeptLogAnswers(ReleaseFolder folder, Optional<LogLookup> next) {
    this.folder = folder;
    this.next = next;
  }

  @Override
  public List<LogEntry> entries(ArtifactDigest artifact, DetachedSignature signature)
      throws SourceException {
    Optional<Bytes> kept = folder.logAnswer(artifact, LogEntry.MAX_LOOKUP);
    if (kept.isPresent()) {
      return RekorClient.parse(kept.get());
    }
    if (next.isEmpty()) {
      throw new SourceException(
          Code.LOG_NOT_ASKED, "its log entry is not in %s, and nobody is asked".formatted(folder));
    }
    return next.get().entries(artifact, signature);
  }
}
