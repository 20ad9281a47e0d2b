package network.calimero.tee.simulator.ita;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.quote.TdField;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Intel Trust Authority over HTTP on the loopback address (verifier-api.md): to any TDX quote it
 * answers a token with the measurements that the quote states, signed by a key set of its own.
 * Proves nothing. What it says can be changed while it runs; every request is on record.
 */
public final class TrustAuthorityServer implements AutoCloseable {
  /** Who its tokens say made them. */
  public static final String ISSUER = "https://portal.trustauthority.example";

  /** Where quotes are sent. */
  public static final String APPRAISAL_PATH = "/appraisal/v2/attest";

  /** Where its keys are. */
  public static final String KEYS_PATH = "/certs";

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int HEADER = 48;
  private static final int BODY_PREFIX = 6;
  private static final String JSON = "application/json";

  private final InstantSource clock;
  private final LoopbackServer server;
  private volatile List<TokenKey> keys = List.of(TokenKey.known("simulated-1"));
  private volatile UnaryOperator<SimulatedToken> change = UnaryOperator.identity();
  private volatile String status = "UpToDate";
  private volatile boolean firstVersionOnly;

  private TrustAuthorityServer(int port, InstantSource clock) throws IOException {
    this.clock = clock;
    this.server = LoopbackServer.start(port, this::answer);
  }

  /** Starts on a free port. */
  public static TrustAuthorityServer start(InstantSource clock) throws IOException {
    return start(0, clock);
  }

  /** Starts on a port. */
  public static TrustAuthorityServer start(int port, InstantSource clock) throws IOException {
    return new TrustAuthorityServer(port, clock);
  }

  /** The base address, without a path. */
  public URI baseUri() {
    return server.baseUri();
  }

  /** The key that it signs with: the first it publishes. */
  public TokenKey key() {
    return keys.getFirst();
  }

  /** Publishes these keys instead and signs with the first. */
  public TrustAuthorityServer keys(TokenKey... some) {
    keys = List.of(some);
    return this;
  }

  /** Says that TCB status of every platform. */
  public TrustAuthorityServer status(String text) {
    status = text;
    return this;
  }

  /** Changes every token before it is signed. */
  public TrustAuthorityServer tokens(UnaryOperator<SimulatedToken> how) {
    change = how;
    return this;
  }

  /** Understands no other body than {@code {"quote": …}}. */
  public TrustAuthorityServer firstVersionOnly() {
    firstVersionOnly = true;
    return this;
  }

  /** Misbehaves a number of times where the path ends so. */
  public TrustAuthorityServer fault(String end, HttpFault fault, int times) {
    server.fault(call -> call.path().endsWith(end), fault, times);
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<HttpCall> requests() {
    return server.requests();
  }

  /** How many had that path. */
  public long count(String path) {
    return requests().stream().filter(call -> call.path().equals(path)).count();
  }

  @Override
  public void close() {
    server.close();
  }

  private HttpAnswer answer(HttpCall call) {
    return switch (call.method() + " " + call.path()) {
      case "GET " + KEYS_PATH -> json(keySet());
      case "POST " + APPRAISAL_PATH -> appraise(call);
      default -> HttpAnswer.empty(404);
    };
  }

  private static HttpAnswer json(ObjectNode body) {
    return HttpAnswer.ok(JSON, body.toString().getBytes(UTF_8));
  }

  /** The set as it is published. */
  public ObjectNode keySet() {
    ObjectNode set = JsonMapper.shared().createObjectNode();
    ArrayNode list = set.putArray("keys");
    keys.forEach(key -> list.add(key.jwk()));
    return set;
  }

  private HttpAnswer appraise(HttpCall call) {
    if (call.header("x-api-key").isEmpty()) {
      return HttpAnswer.empty(401);
    }
    try {
      JsonNode body = JsonMapper.shared().readTree(call.body());
      JsonNode quote = firstVersionOnly ? body.path("quote") : body.at("/tdx/quote");
      return json(
          JsonMapper.shared()
              .createObjectNode()
              .put("token", token(Base64.getDecoder().decode(quote.stringValue())).text()));
    } catch (JacksonException | IllegalArgumentException | IndexOutOfBoundsException _) {
      return HttpAnswer.of(400, JSON, "{\"error\":\"no quote\"}".getBytes(UTF_8));
    }
  }

  /** The token about a quote, as it would be sent. */
  public SimulatedToken token(byte[] quote) {
    Instant now = clock.instant();
    ObjectNode claims = JsonMapper.shared().createObjectNode();
    claims.put("iss", ISSUER).put("ver", "2.0.0");
    claims.put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    ObjectNode tdx = claims.putObject("tdx");
    tdx.put("attester_type", "TDX").put("attester_tcb_status", status);
    tdx.putArray("attester_advisory_ids");
    put(tdx, "tdx_mrtd", quote, TdField.MR_TD);
    for (int i = 0; i < 4; i++) {
      put(tdx, "tdx_rtmr" + i, quote, TdField.rtmr(i));
    }
    put(tdx, "tdx_report_data", quote, TdField.REPORT_DATA);
    return change.apply(SimulatedToken.of(claims, key()));
  }

  private static void put(ObjectNode claims, String name, byte[] quote, TdField field) {
    int offset = HEADER + (quote[0] == 4 ? 0 : BODY_PREFIX);
    for (TdField before : TdField.values()) {
      if (before == field) {
        break;
      }
      offset += before.size();
    }
    String hex = Bytes.hex(Arrays.copyOfRange(quote, offset, offset + field.size()));
    claims.put(name, hex.toLowerCase(Locale.ROOT));
  }
}
