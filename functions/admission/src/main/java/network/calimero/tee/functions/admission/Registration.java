package network.calimero.tee.functions.admission;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.fleet.RegistrationHash;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Fields;

/**
 * What a node registered with, as the control plane passes it on: every field is the node's word.
 *
 * @param mrtd as reported; empty if the node could not read it
 * @param executorAccount empty if unknown
 * @param relayUrl empty if there is none
 * @param challenge what the control plane gave out; empty before there were challenges
 * @param quote base64, as sent
 * @param csr as sent
 * @param release a tag that the node is said to run
 * @param profile that it is said to run
 */
record Registration(
    String peerId,
    Optional<String> mrtd,
    String executorAccount,
    String relayUrl,
    Optional<String> challenge,
    Optional<String> quote,
    Optional<String> csr,
    Optional<String> release,
    Optional<String> profile) {
  private static final int MAX_NAME = 256;
  private static final int MAX_URL = 2_048;
  private static final int MAX_CHALLENGE = 1_024;

  /** Reads one; an empty text counts as none. */
  static Registration read(Fields body) throws ApiException {
    return new Registration(
        bounded("peer_id", Optional.of(body.text("peer_id")).filter(id -> !id.isEmpty()), MAX_NAME)
            .orElseThrow(() -> new ApiException(ApiProblem.INVALID_FIELD, "peer_id is empty")),
        find(body, "mrtd", MAX_NAME),
        find(body, "executor_account", MAX_NAME).orElse(""),
        find(body, "relay_url", MAX_URL).orElse(""),
        find(body, "challenge", MAX_CHALLENGE),
        find(body, "quote", AdmissionEndpoint.MAX_BODY),
        find(body, "csr", AdmissionEndpoint.MAX_BODY),
        find(body, "release", MAX_NAME),
        find(body, "profile", MAX_NAME));
  }

  private static Optional<String> find(Fields body, String name, int max) throws ApiException {
    return bounded(name, body.findText(name).filter(text -> !text.isEmpty()), max);
  }

  private static Optional<String> bounded(String name, Optional<String> text, int max)
      throws ApiException {
    if (text.isPresent() && text.get().length() > max) {
      throw new ApiException(
          ApiProblem.INVALID_FIELD, "%s has more than %d characters".formatted(name, max));
    }
    // Half a surrogate would be hashed as a question mark, and so pass for one.
    if (text.isPresent() && !StandardCharsets.UTF_8.newEncoder().canEncode(text.get())) {
      throw new ApiException(ApiProblem.INVALID_FIELD, name + " is no Unicode");
    }
    return text;
  }

  /** The names of fields that could pass for two once they are joined. */
  List<String> ambiguous() {
    return RegistrationHash.ambiguous(challenge.orElse(""), peerId, executorAccount, relayUrl);
  }

  /** What a quote for that challenge must be bound to. */
  RegistrationHash hash(String forChallenge) {
    return new RegistrationHash(forChallenge, peerId, executorAccount, relayUrl, csr);
  }
}
