package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.Challenge;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeException;

/** What strangers send: each kind gets one check further than the one before it. */
final class Garbage {
  /** Where MRTD is in a quote of version 4. */
  private static final int MRTD_AT = 48 + 136;

  private Garbage() {}

  /**
   * All kinds, by name, as they travel.
   *
   * @param machine makes genuine quotes, which are then forged
   */
  static Map<String, byte[]> kinds(URI kms, QuoteProvider machine)
      throws NodeException, GuestException {
    SecureRandom random = new SecureRandom();
    try (KmsClient client = new KmsClient(kms);
        PeerKeyPair stranger = PeerKeyPair.generate(random)) {
      Challenge challenge = client.challenge(stranger.peerId());
      byte[] reportData =
          KeyRequest.reportData(challenge, stranger.peerId(), Optional.empty()).value().toArray();
      byte[] forged = machine.quote(reportData).quote();
      forged[MRTD_AT] ^= 1;
      byte[] noise = new byte[forged.length];
      random.nextBytes(noise);
      String name = "{\"peerId\":\"%s\"}".formatted(stranger.peerId().text());
      KeyRequest unsigned =
          KeyRequest.sign(challenge, Bytes.of(forged), stranger, Optional.empty());
      Map<String, byte[]> kinds = new LinkedHashMap<>();
      kinds.put("no request", "GET //x HTTP/1.1\r\nHost: kms\r\n\r\n".getBytes(UTF_8));
      kinds.put("no JSON", Strangers.post("/get-key", "{\"challengeId\":".getBytes(UTF_8)));
      kinds.put("challenges asked for", Strangers.post("/challenge", name.getBytes(UTF_8)));
      kinds.put("a wrong signature", request(unsigned, noise));
      kinds.put(
          "signed, noise for a quote",
          Requests.of(KeyRequest.sign(challenge, Bytes.of(noise), stranger, Optional.empty())));
      kinds.put("signed, a forged quote", Requests.of(unsigned));
      kinds.put("quotes of the KMS asked for", attest(noise));
      return kinds;
    }
  }

  private static byte[] attest(byte[] noise) {
    String nonce = Base64.getEncoder().encodeToString(Bytes.of(noise).slice(0, 32).toArray());
    return Strangers.post("/attest", "{\"nonceB64\":\"%s\"}".formatted(nonce).getBytes(UTF_8));
  }

  private static byte[] request(KeyRequest request, byte[] otherQuote) {
    return Requests.of(
        new KeyRequest(
            request.challengeId(),
            Bytes.of(otherQuote),
            request.peerId(),
            request.peerPublicKey(),
            request.signature(),
            Optional.empty()));
  }
}
