package network.calimero.tee.node;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.seal.Sealed;
import tools.jackson.databind.node.ObjectNode;

/**
 * One KMS by its URL, with the limits that nodes keep (kms-protocol.md): 30 s for each request,
 * bounded answers, no redirects. Safe for use by several threads.
 */
public final class KmsClient implements AutoCloseable {
  /** How long a node waits for each answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  static final String ATTEST = "/attest";

  private static final String GET_KEY = "/get-key";

  private static final int MAX_PORT = 65_535;
  private static final int MAX_ATTEST_ANSWER = 4 << 20;
  private static final int MAX_ANSWER = 64 << 10;

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
    return KmsAnswers.evidence(http.post(ATTEST, request, MAX_ATTEST_ANSWER), transportKey);
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
    return KmsAnswers.challenge(http.post("/challenge", request, MAX_ANSWER));
  }

  /**
   * Asks for a key that comes plain.
   *
   * @return the key, for the caller to close
   * @throws NodeException if the KMS refuses, or the key is not one that nodes take
   */
  public ReleasedKey getKey(KeyRequest request) throws NodeException {
    return KmsAnswers.key(http.post(GET_KEY, request.json(), MAX_ANSWER));
  }

  /**
   * Asks for a key that comes sealed.
   *
   * @throws NodeException if the KMS refuses, or the answer is not a sealed key
   */
  public Sealed getSealedKey(KeyRequest request) throws NodeException {
    return KmsAnswers.sealedKey(http.post(GET_KEY, request.json(), MAX_ANSWER));
  }

  /** Ends calls in flight. */
  @Override
  public void close() {
    http.close();
  }
}
