package network.calimero.tee.kms.server;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;

/** A node: an identity, and the trust domain that it runs in. */
final class Node {
  final PeerKeyPair identity;
  final SimulatedTdxMachine machine;
  private final KmsHttp http;

  Node(KmsHttp http, SimulatedTdxMachine machine) {
    this(http, machine, PeerKeyPair.generate(new SecureRandom()));
  }

  private Node(KmsHttp http, SimulatedTdxMachine machine, PeerKeyPair identity) {
    this.http = http;
    this.machine = machine;
    this.identity = identity;
  }

  /** The same node, talking to another key server. */
  Node at(KmsHttp other) {
    return new Node(other, machine, identity);
  }

  /** What the key server gave it to answer. */
  record Challenge(String id, Bytes nonceBytes) {
    byte[] nonce() {
      return nonceBytes.toArray();
    }
  }

  String peerId() {
    return identity.peerId().text();
  }

  Challenge challenge() {
    KmsHttp.Answer answer = http.post("/challenge", Map.of("peerId", peerId()));
    return new Challenge(
        answer.text("challengeId"), Bytes.of(Base64.getDecoder().decode(answer.text("nonceB64"))));
  }

  /** A quote that answers a challenge. */
  byte[] quote(Challenge challenge) {
    return machine.quote(concat(challenge.nonce(), sha256(peerId())));
  }

  /** Everything as it should be; fields can be changed before it is sent. */
  Map<String, Object> request(Challenge challenge) {
    return request(challenge, quote(challenge));
  }

  /** The same, for an answer sealed to a one-time key. */
  Map<String, Object> sealedRequest(Challenge challenge, X25519PublicKey sealTo) {
    byte[] binding =
        sha256(
            concat(
                concat(ascii("mero-kms/sealed-get-key/v1"), sealTo.value().toArray()),
                ascii(peerId())));
    byte[] quote = machine.quote(concat(challenge.nonce(), binding));
    Map<String, Object> fields = request(challenge, quote);
    fields.put("sealToB64", base64(sealTo.value().toArray()));
    return fields;
  }

  Map<String, Object> request(Challenge challenge, byte[] quote) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("challengeId", challenge.id());
    fields.put("quoteB64", base64(quote));
    fields.put("peerId", peerId());
    fields.put("peerPublicKeyB64", base64(identity.publicKey().protobuf()));
    fields.put("signatureB64", base64(sign(payload(challenge, quote))));
    return fields;
  }

  /** What nodes of today sign. */
  String payload(Challenge challenge, byte[] quote) {
    return "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
        .formatted(challenge.id(), hex(challenge.nonce()), hex(sha256(quote)), peerId());
  }

  byte[] sign(String payload) {
    return identity.sign(payload.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole way. */
  KmsHttp.Answer getKey() {
    return http.post("/get-key", request(challenge()));
  }

  static byte[] sha256(String text) {
    return sha256(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] sha256(byte[] bytes) {
    return Sha256.of(bytes);
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
