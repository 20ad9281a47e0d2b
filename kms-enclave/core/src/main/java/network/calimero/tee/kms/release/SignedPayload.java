package network.calimero.tee.kms.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.challenge.Challenge;

/**
 * What a node signs (kms-protocol.md, "Signature payload"): both spellings bind the same values.
 */
final class SignedPayload {
  private SignedPayload() {}

  /** In the order of today's nodes, then sorted. None of the values needs escaping in JSON. */
  static List<byte[]> spellings(Challenge challenge, Bytes quote, PeerId peer) {
    MessageDigest sha256 = Sha256.newDigest();
    quote.updateInto(sha256);
    String challengeId = member("challengeId", challenge.id().text());
    String nonce = member("challengeNonceHex", challenge.nonce().hex());
    String quoteHash = member("quoteHashHex", Hex.encode(sha256.digest()));
    String peerId = member("peerId", peer.text());
    return List.of(
        object(challengeId, nonce, quoteHash, peerId),
        object(challengeId, nonce, peerId, quoteHash));
  }

  private static String member(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  private static byte[] object(String... members) {
    return ("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8);
  }
}
