package network.calimero.tee.functions.verify.ita;

import java.util.Base64;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/** Base64url without padding (RFC 7515, 2), of one spelling for each byte string. */
final class Base64Url {
  private Base64Url() {}

  /** The bytes; empty if the text is none, or another spelling of them. */
  static Optional<Bytes> decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)
          ? Optional.of(Bytes.of(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
