package network.calimero.tee.node;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signed request for a key (kms-protocol.md, POST /get-key).
 *
 * @param challengeId of the challenge that it answers
 * @param quote the raw quote over nonce and peer
 * @param peerId who asks
 * @param peerPublicKey libp2p's protobuf
 * @param signature by that key over challenge, quote and peer
 * @param sealTo the one-time key that the answer must be sealed to; empty: a plain key is asked for
 */
public record KeyRequest(
    String challengeId,
    Bytes quote,
    String peerId,
    Bytes peerPublicKey,
    Bytes signature,
    Optional<X25519PublicKey> sealTo) {

  /** A request signed by the peer itself. */
  public static KeyRequest sign(
      Challenge challenge, Bytes quote, PeerKeyPair identity, Optional<X25519PublicKey> sealTo) {
    byte[] payload = payload(challenge, quote, identity.peerId().text());
    return new KeyRequest(
        challenge.id(),
        quote,
        identity.peerId().text(),
        Bytes.of(identity.publicKey().protobuf()),
        Bytes.of(identity.sign(payload)),
        sealTo);
  }

  /** The report data that the quote of a request must be over: the nonce, and what binds it. */
  public static ReportData reportData(
      Challenge challenge, PeerId peer, Optional<X25519PublicKey> sealTo) {
    return ReportData.of(
        challenge.nonce(),
        sealTo.map(key -> Bindings.sealedGetKey(key, peer)).orElse(Bindings.plainGetKey(peer)));
  }

  /** Compact JSON with its keys in the order that the protocol fixes. */
  private static byte[] payload(Challenge challenge, Bytes quote, String peerId) {
    ObjectNode payload = KmsHttp.JSON.createObjectNode();
    payload.put("challengeId", challenge.id());
    payload.put("challengeNonceHex", challenge.nonce().hex());
    payload.put("quoteHashHex", Bytes.of(Sha256.of(quote.toArray())).hex());
    payload.put("peerId", peerId);
    return KmsHttp.JSON.writeValueAsBytes(payload);
  }

  ObjectNode json() {
    ObjectNode body = KmsHttp.JSON.createObjectNode();
    body.put("challengeId", challengeId);
    body.put("quoteB64", StrictBase64.encode(quote.toArray()));
    body.put("peerId", peerId);
    body.put("peerPublicKeyB64", StrictBase64.encode(peerPublicKey.toArray()));
    body.put("signatureB64", StrictBase64.encode(signature.toArray()));
    sealTo.ifPresent(key -> body.put("sealToB64", StrictBase64.encode(key.value().toArray())));
    return body;
  }
}
