package network.calimero.tee.kms.server;

import java.util.Optional;

/** Tells whether the platform that derives keys and makes quotes can be reached. */
@FunctionalInterface
public interface BackendProbe {

  /** How it is now, or was a few seconds ago. */
  BackendStatus probe();

  /**
   * How a backend is.
   *
   * @param kind which one, as {@code MERO_KMS_BACKEND} spells it
   * @param fault why it cannot be reached, without local paths; empty if it can
   */
  record BackendStatus(String kind, Optional<String> fault) {}
}
