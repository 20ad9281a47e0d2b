package network.calimero.tee.functions.aws;

import java.util.Map;
import java.util.Optional;
import network.calimero.tee.functions.app.SecretUnavailableException;

/**
 * What Lambda gives a function to sign its requests with.
 *
 * @param id of the key
 * @param secret never shown
 * @param session of a role; never shown
 */
record Credentials(String id, String secret, Optional<String> session) {

  static Credentials read(Map<String, String> environment) throws SecretUnavailableException {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (id.isBlank() || secret.isBlank()) {
      throw new SecretUnavailableException(
          "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, as Lambda sets them");
    }
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return new Credentials(id, secret, session.isBlank() ? Optional.empty() : Optional.of(session));
  }

  /** The key's name alone. */
  @Override
  public String toString() {
    return "Credentials[" + id + "]";
  }
}
