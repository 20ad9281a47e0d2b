package network.calimero.tee.node;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What whoever is at a KMS's address answers, read as nodes read it (kms-protocol.md): its form is
 * judged, not its truth.
 */
final class KmsAnswers {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT = 4 << 20;
  private static final int MAX_DIGITS = 32;
  private static final JsonMapper JSON = StrictJson.mapper(MAX_DEPTH, MAX_TEXT, MAX_DIGITS);

  private static final int NONCE = 32;
  private static final int MAX_QUOTE_TEXT = 131_072;
  private static final int MAX_REPORT_DATA_TEXT = 1_024;
  private static final int MAX_CHALLENGE_ID = 512;
  private static final int MAX_KEY_TEXT = 64 << 10;

  private KmsAnswers() {}

  /** Of POST /attest; with the transport key if it was asked for. */
  static KmsEvidence evidence(Bytes body, boolean transportKey) throws NodeException {
    JsonNode answer = object(body);
    String quote = text(answer, "quoteB64", MAX_QUOTE_TEXT);
    String reportData = text(answer, "reportDataHex", MAX_REPORT_DATA_TEXT);
    Optional<X25519PublicKey> key =
        transportKey ? Optional.of(transportKey(answer)) : Optional.empty();
    try {
      return new KmsEvidence(
          Bytes.of(StrictBase64.decode(quote, MAX_QUOTE_TEXT)),
          Bytes.of(Hex.decode(reportData)),
          key,
          answer.path("eventLog"));
    } catch (IllegalArgumentException e) {
      throw malformed("quoteB64 or reportDataHex of /attest: " + e.getMessage());
    }
  }

  private static X25519PublicKey transportKey(JsonNode answer) throws NodeException {
    if (!answer.has("transportPublicKeyB64")) {
      throw new NodeException(
          Code.SEALING_NOT_OFFERED,
          "the KMS names no transport key, so it seals no keys: it is of a release before 2.3.72");
    }
    return publicKey(answer, "transportPublicKeyB64");
  }

  private static X25519PublicKey publicKey(JsonNode answer, String name) throws NodeException {
    try {
      return new X25519PublicKey(bytes(answer, name));
    } catch (IllegalArgumentException e) {
      throw malformed(name + ": " + e.getMessage());
    }
  }

  private static Bytes bytes(JsonNode answer, String name) throws NodeException {
    return Bytes.of(StrictBase64.decode(text(answer, name, MAX_KEY_TEXT), MAX_KEY_TEXT));
  }

  /** Of POST /challenge. */
  static Challenge challenge(Bytes body) throws NodeException {
    JsonNode answer = object(body);
    String id = text(answer, "challengeId", MAX_CHALLENGE_ID);
    if (id.isEmpty()) {
      throw malformed("challengeId is empty");
    }
    return new Challenge(id, nonce(answer), expiry(answer));
  }

  private static Bytes nonce(JsonNode answer) throws NodeException {
    byte[] nonce;
    try {
      nonce = StrictBase64.decode(text(answer, "nonceB64", MAX_CHALLENGE_ID), MAX_CHALLENGE_ID);
    } catch (IllegalArgumentException e) {
      throw malformed("nonceB64: " + e.getMessage());
    }
    if (nonce.length != NONCE) {
      throw malformed("the challenge's nonce has %d bytes, not %d".formatted(nonce.length, NONCE));
    }
    return Bytes.of(nonce);
  }

  private static Instant expiry(JsonNode answer) throws NodeException {
    JsonNode value = answer.path("expiresAt");
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw malformed("expiresAt is not a whole number of seconds");
    }
    try {
      return Instant.ofEpochSecond(value.longValue());
    } catch (DateTimeException _) {
      throw malformed("expiresAt is no time");
    }
  }

  /** Of POST /get-key, for a key that comes plain; for the caller to close. */
  static ReleasedKey key(Bytes body) throws NodeException {
    JsonNode answer = object(body);
    if (answer.has("sealedKeyB64")) {
      throw malformed("the key came sealed although this node did not ask for that");
    }
    return ReleasedKey.ofHex(text(answer, "key", MAX_KEY_TEXT));
  }

  /** Of POST /get-key, for a key that comes sealed. */
  static Sealed sealedKey(Bytes body) throws NodeException {
    JsonNode answer = object(body);
    if (answer.has("key")) {
      throw malformed(
          "the key came plain although this node asked for a sealed one: whoever relayed it saw it");
    }
    try {
      return new Sealed(bytes(answer, "sealedKeyB64"), bytes(answer, "sealNonceB64"));
    } catch (IllegalArgumentException e) {
      throw malformed("sealedKeyB64 or sealNonceB64: " + e.getMessage());
    }
  }

  /** Of any other status than 200; any body may come with it. */
  static KmsError error(int status, String retryAfter, Bytes body) {
    String tag = "";
    String details = "";
    try {
      JsonNode answer = JSON.readTree(body.toArray());
      tag = answer.path("error").asString("");
      details = answer.path("details").asString("");
    } catch (JacksonException _) {
      // The status says enough.
    }
    OptionalLong seconds =
        retryAfter.matches("\\d{1,9}")
            ? OptionalLong.of(Long.parseLong(retryAfter))
            : OptionalLong.empty();
    return new KmsError(status, tag, details, seconds);
  }

  private static JsonNode object(Bytes body) throws NodeException {
    try {
      JsonNode root = JSON.readTree(body.toArray());
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException _) {
      // Said below: what Jackson quotes may be a key.
    }
    throw new NodeException(
        Code.NOT_A_KMS, "what answered is not known to be a KMS: the answer is not a JSON object");
  }

  private static String text(JsonNode answer, String name, int max) throws NodeException {
    JsonNode value = answer.path(name);
    if (!value.isString()) {
      throw new NodeException(
          Code.NOT_A_KMS,
          "what answered is not known to be a KMS: the answer has no text \"%s\"".formatted(name));
    }
    String text = value.stringValue();
    if (text.length() > max) {
      throw malformed(
          "%s has %d characters; a node takes at most %d".formatted(name, text.length(), max));
    }
    return text;
  }

  private static NodeException malformed(String message) {
    return new NodeException(Code.ANSWER_MALFORMED, message);
  }
}
