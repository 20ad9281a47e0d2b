package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node answers to whoever wants to know whether it is genuine (measurements.md, "Node's own
 * API"): its quote over the asker's nonce and its transport key.
 */
public final class SimulatedNode implements AutoCloseable {
  private static final String TRANSPORT_DOMAIN = "calimero.tee-attest.transport-key.v1";
  private static final int SIZE = 32;

  private final LoopbackServer server;
  private final Supplier<SimulatedTdxMachine> machine;
  private final Bytes transportKey;

  private SimulatedNode(Supplier<SimulatedTdxMachine> machine, Bytes transportKey)
      throws IOException {
    this.machine = machine;
    this.transportKey = transportKey;
    this.server = LoopbackServer.start(0, this::answer);
  }

  /**
   * Starts on a free port.
   *
   * @param machine what it runs on
   */
  public static SimulatedNode start(SimulatedTdxMachine machine) throws IOException {
    byte[] key = new byte[SIZE];
    new SecureRandom().nextBytes(key);
    return new SimulatedNode(() -> machine, Bytes.of(key));
  }

  /** Where it answers. */
  public URI url() {
    return server.baseUri();
  }

  private HttpAnswer answer(HttpCall call) {
    return switch (call.path()) {
      case "/admin-api/health" -> json("{\"data\":{\"status\":\"alive\"}}");
      case "/admin-api/tee/attest" -> attest(call);
      default -> HttpAnswer.empty(404);
    };
  }

  private HttpAnswer attest(HttpCall call) {
    JsonNode request;
    byte[] nonce;
    try {
      request = JsonMapper.shared().readTree(call.body());
      nonce = HexFormat.of().parseHex(request.path("nonce").asString(""));
    } catch (JacksonException | IllegalArgumentException _) {
      return HttpAnswer.empty(400);
    }
    if (nonce.length != SIZE) {
      return HttpAnswer.empty(400);
    }
    boolean bound = request.path("bindTransportKey").asBoolean(false);
    byte[] reportData = new byte[2 * SIZE];
    System.arraycopy(nonce, 0, reportData, 0, SIZE);
    if (bound) {
      System.arraycopy(binding(), 0, reportData, SIZE, SIZE);
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode data = body.putObject("data");
    data.put("quoteB64", Base64.getEncoder().encodeToString(machine.get().quote(reportData)));
    if (bound) {
      data.put("transportPublicKey", transportKey.hex());
    }
    return json(body.toString());
  }

  private byte[] binding() {
    byte[] domain = TRANSPORT_DOMAIN.getBytes(UTF_8);
    byte[] all = new byte[domain.length + 2 * SIZE]; // the domain, zeros, the key
    System.arraycopy(domain, 0, all, 0, domain.length);
    System.arraycopy(transportKey.toArray(), 0, all, domain.length + SIZE, SIZE);
    return Sha256.of(Bytes.of(all)).toArray();
  }

  private static HttpAnswer json(String body) {
    return HttpAnswer.ok("application/json", body.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
