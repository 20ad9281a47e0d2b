package network.calimero.tee.functions.gcp;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;

/** Who calls, if a request proves it. */
@FunctionalInterface
public interface CallerProof {
  /** Proves nobody: for functions that answer anybody. */
  CallerProof NONE = (headers, now) -> Optional.empty();

  /** The caller; empty if the request proves none. Never fails. */
  Optional<Caller> find(Headers headers, Instant now);
}
