package network.calimero.tee.release.source;

import java.util.List;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.LogEntry;

/** Asks a transparency log what it has of an artifact. Nothing that it answers is believed. */
public interface LogLookup {
  /**
   * The entries about the artifact; none if the log has none.
   *
   * @throws SourceException if the log cannot be asked
   */
  List<LogEntry> entries(ArtifactDigest artifact) throws SourceException;
}
