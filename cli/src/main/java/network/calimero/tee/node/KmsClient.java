package network.calimero.tee.node;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.node.NodeException.Code;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One KMS by its URL, with the limits that nodes keep (kms-protocol.md): 30 s for each request,
 * bounded answers, no redirects. Judges the form of answers, not their truth. Safe for use by
 * several threads.
 */
public final class KmsClient implements AutoCloseable {
  /** How long a node waits for each answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  static final String ATTEST = "/attest";

  private static final String GET_KEY = "/get-key";

  private static final int MAX_PORT = 65_535;
  private static final int NONCE = 32;
  private static final int MAX_QUOTE_TEXT = 131_072;
  private static final int MAX_REPORT_DATA_TEXT = 1_024;
  private static final int MAX_ATTEST_ANSWER = 4 << 20;
  private static final int MAX_ANSWER = 64 << 10;
  private static final int MAX_CHALLENGE_ID = 512;

  private final URI base;
  private final KmsHttp http;

  /**
   * A client of the KMS at that address.
   *
   * @param base {@code http} or {@code https}, a host, perhaps a port and a path to put before the
   *     protocol's own
   * @throws IllegalArgumentException if it is anything else
   */
  public KmsClient(URI base) {
    this(base, TIMEOUT);
  }

  /** With another time for each request. */
  public KmsClient(URI base, Duration timeout) {
    this.base = checked(base);
    this.http = new KmsHttp(this.base, timeout);
  }

  private static URI checked(URI base) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || base.getHost() == null) {
      throw new IllegalArgumentException("not an http or https URL of a host: " + base);
    }
    if (base.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("a port is at most " + MAX_PORT);
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null || base.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a KMS's URL has no query, fragment or user: "
              + base.getScheme()
              + "://"
              + base.getHost());
    }
    return URI.create(base.toString().replaceAll("/+$", ""));
  }

  /** The KMS's address, without a slash at its end. */
  public URI base() {
    return base;
  }

  /**
   * Asks the KMS for evidence of what it is.
   *
   * @param nonce 32 bytes of the caller's, never used before
   * @param binding 32 bytes
   * @param transportKey whether it must name the key that it seals with
   * @throws NodeException if there is none, or it breaks a node's limits
   */
  public KmsEvidence attest(Bytes nonce, Bytes binding, boolean transportKey) throws NodeException {
    ObjectNode request = KmsHttp.JSON.createObjectNode();
    request.put("nonceB64", StrictBase64.encode(nonce.toArray()));
    request.put("bindingB64", StrictBase64.encode(binding.toArray()));
    if (transportKey) {
      request.put("transportKey", true);
    }
    JsonNode answer = http.post(ATTEST, request, MAX_ATTEST_ANSWER);
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
    return Bytes.of(StrictBase64.decode(text(answer, name, MAX_ANSWER), MAX_ANSWER));
  }

  /**
   * Asks for a challenge.
   *
   * @param peerId who will use it
   * @throws NodeException if there is none, or its ID or nonce has not the size that nodes take
   */
  public Challenge challenge(PeerId peerId) throws NodeException {
    ObjectNode request = KmsHttp.JSON.createObjectNode();
    request.put("peerId", peerId.text());
    JsonNode answer = http.post("/challenge", request, MAX_ANSWER);
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

  /**
   * Asks for a key that comes plain.
   *
   * @return the key, for the caller to close
   * @throws NodeException if the KMS refuses, or the key is not one that nodes take
   */
  public ReleasedKey getKey(KeyRequest request) throws NodeException {
    JsonNode answer = http.post(GET_KEY, request.json(), MAX_ANSWER);
    if (answer.has("sealedKeyB64")) {
      throw malformed("the key came sealed although this node did not ask for that");
    }
    return ReleasedKey.ofHex(text(answer, "key", MAX_ANSWER));
  }

  /**
   * Asks for a key that comes sealed.
   *
   * @throws NodeException if the KMS refuses, or the answer is not a sealed key
   */
  public Sealed getSealedKey(KeyRequest request) throws NodeException {
    JsonNode answer = http.post(GET_KEY, request.json(), MAX_ANSWER);
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

  /** Ends calls in flight. */
  @Override
  public void close() {
    http.close();
  }
}
