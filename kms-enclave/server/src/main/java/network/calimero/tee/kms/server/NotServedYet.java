package network.calimero.tee.kms.server;

import java.util.List;
import network.calimero.tee.kms.config.Backend;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.KmsConfig;

/** What can be configured and this version of the server does not do: said, never passed over. */
final class NotServedYet {
  private NotServedYet() {}

  /**
   * Stops the start where keys would be released otherwise than configured.
   *
   * @throws ConfigurationException naming the setting
   */
  static void refuse(KmsConfig config) throws ConfigurationException {
    if (config.backend() instanceof Backend.Dstack dstack && dstack.redis().isPresent()) {
      throw new ConfigurationException(
          List.of(
              "REDIS_URL is set, and this version of the KMS does not share challenges yet; unset"
                  + " it and run one KMS"));
    }
  }
}
