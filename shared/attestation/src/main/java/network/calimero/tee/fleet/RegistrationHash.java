package network.calimero.tee.fleet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;

/**
 * What a node says of itself when it registers, as its quote binds it (fleet.md, "Attested
 * registration"). Fields are joined unescaped, so that one with the separator could pass for two.
 *
 * @param challenge of the control plane, single use
 * @param executorAccount empty if there is none
 * @param relayUrl empty if there is none
 * @param csr the certificate request, as sent
 */
public record RegistrationHash(
    String challenge,
    String peerId,
    String executorAccount,
    String relayUrl,
    Optional<String> csr) {
  private static final String SEPARATOR = "|";

  /**
   * Takes fields that can be told apart once they are joined.
   *
   * @throws IllegalArgumentException if one holds the separator; {@link #ambiguous} names it
   */
  public RegistrationHash {
    List<String> wrong = ambiguous(challenge, peerId, executorAccount, relayUrl);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join(", ", wrong) + " holds a |");
    }
  }

  /** The names of the fields that hold the separator; of a CSR only the hash is joined. */
  public static List<String> ambiguous(
      String challenge, String peerId, String executorAccount, String relayUrl) {
    return Map.of(
            "challenge", challenge,
            "peer_id", peerId,
            "executor_account", executorAccount,
            "relay_url", relayUrl)
        .entrySet()
        .stream()
        .filter(field -> field.getValue().contains(SEPARATOR))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The hash h, 32 bytes. */
  public Bytes value() {
    String fields = String.join(SEPARATOR, challenge, peerId, executorAccount, relayUrl);
    return sha256(csr.map(text -> fields + SEPARATOR + sha256(text).hex()).orElse(fields));
  }

  private static Bytes sha256(String text) {
    return Sha256.of(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
