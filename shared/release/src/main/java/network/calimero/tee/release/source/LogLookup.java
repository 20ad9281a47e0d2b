package network.calimero.tee.release.source;

import java.util.List;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.LogEntry;

/** Asks a transparency log what it has of a signature. Nothing that it answers is believed. */
public interface LogLookup {
  /**
   * What the log has of that signature over the artifact; none if it has nothing.
   *
   * @throws SourceException if the log cannot be asked
   */
  List<LogEntry> entries(ArtifactDigest artifact, DetachedSignature signature)
      throws SourceException;
}
