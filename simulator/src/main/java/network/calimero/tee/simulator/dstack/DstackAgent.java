package network.calimero.tee.simulator.dstack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.dstack.AgentCall.BadCall;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agent that dstack runs in a guest, on a Unix socket: {@code GetKey}, {@code GetQuote} and
 * {@code Info} (kms-protocol.md, "The dstack guest agent"). Keys are the application's, quotes the
 * machine's. Faults can be set and cleared while it runs.
 */
public final class DstackAgent implements AutoCloseable {
  private static final int MAX_REPORT_DATA = 64;
  private static final int MOCK_QUOTE_SIZE = 256;
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})*");

  private final DstackApp app;
  private final SimulatedTdxMachine machine;
  private final Map<String, AgentFault> faults = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile UnaryOperator<byte[]> quotes;
  private volatile UnaryOperator<String> eventLog = UnaryOperator.identity();
  private final UnixHttpServer server;

  private DstackAgent(Path socket, DstackApp app, SimulatedTdxMachine machine) throws IOException {
    this.app = app;
    this.machine = machine;
    this.quotes = machine::quote;
    this.server = UnixHttpServer.start(socket, this::handle);
  }

  /**
   * Starts an agent.
   *
   * @param socket a path that does not exist yet, at most about 100 bytes long; {@link #close}
   *     deletes it
   * @param machine the TD it runs in, see {@link DstackApp#launch}
   */
  public static DstackAgent start(Path socket, DstackApp app, SimulatedTdxMachine machine)
      throws IOException {
    return new DstackAgent(socket, app, machine);
  }

  /** Misbehaves on every call of a method ({@code GetKey}, {@code GetQuote}, {@code Info}). */
  public DstackAgent fault(String method, AgentFault fault) {
    faults.put(method, fault);
    return this;
  }

  /** Behaves again, and gives genuine quotes and logs. */
  public DstackAgent clearFaults() {
    faults.clear();
    quotes = machine::quote;
    eventLog = UnaryOperator.identity();
    return this;
  }

  /** Where quotes come from: a function of the 64 bytes of report data. */
  public DstackAgent quotes(UnaryOperator<byte[]> source) {
    quotes = source;
    return this;
  }

  /** Gives genuine quotes over other report data than asked for. */
  public DstackAgent wrongReportData() {
    return quotes(asked -> machine.quote(Bytes.flip(asked, 0)));
  }

  /**
   * Gives what a peer in development sends in place of a quote (kms-protocol.md, "Mock quotes").
   */
  public DstackAgent mockQuotes() {
    return quotes(DstackAgent::mockQuote);
  }

  /** The blob that stands for a quote in development: a marker, the report data, zeros. */
  public static byte[] mockQuote(byte[] reportData) {
    byte[] marker = "MOCK_TDX_QUOTE_V1".getBytes(US_ASCII);
    return Bytes.fit(Bytes.concat(marker, reportData), MOCK_QUOTE_SIZE);
  }

  /** Changes the event log's text before it is given out. */
  public DstackAgent eventLog(UnaryOperator<String> change) {
    eventLog = change;
    return this;
  }

  /** How often a method was called. */
  public long count(String method) {
    return calls.stream().filter(method::equals).count();
  }

  /** Stops, lets go of clients that were left hanging, and deletes the socket file. */
  @Override
  public void close() throws IOException {
    closed.complete(null);
    server.close();
  }

  private Optional<UnixHttpServer.Reply> handle(UnixHttpServer.Request request) {
    if (!request.method().equals("POST") && !request.method().equals("GET")) {
      return Optional.of(error(405, "method not allowed"));
    }
    try {
      AgentCall call = AgentCall.of(request);
      calls.add(call.method());
      AgentFault fault = faults.get(call.method());
      return fault == null ? Optional.of(answer(call)) : misbehave(fault, call);
    } catch (BadCall e) {
      return Optional.of(error(400, String.valueOf(e.getMessage())));
    }
  }

  private Optional<UnixHttpServer.Reply> misbehave(AgentFault fault, AgentCall call)
      throws BadCall {
    return switch (fault) {
      case AgentFault.Failure(int status, String text) -> Optional.of(error(status, text));
      case AgentFault.Reply(String body) -> Optional.of(new UnixHttpServer.Reply(200, body));
      case AgentFault.Delay(var until) -> {
        CompletableFuture.anyOf(closed, until.toCompletableFuture()).join();
        yield Optional.of(answer(call));
      }
      case AgentFault.Hang() -> {
        closed.join();
        yield Optional.empty();
      }
      case AgentFault.Disconnect() -> Optional.empty();
    };
  }

  private UnixHttpServer.Reply answer(AgentCall call) throws BadCall {
    return switch (call.method()) {
      case "GetKey" -> ok(key(call));
      case "GetQuote" -> ok(quote(call));
      case "Info" -> ok(AgentInfo.of(app, machine));
      default -> error(404, "no method " + call.method());
    };
  }

  /** The signature chain has the true shape; nothing checks it, so it signs nothing. */
  private ObjectNode key(AgentCall call) throws BadCall {
    String algorithm = call.text("algorithm");
    switch (algorithm) {
      case "", "secp256k1" -> algorithm = "secp256k1";
      case "ed25519" -> {}
      default -> throw new BadCall("unsupported algorithm " + algorithm);
    }
    byte[] key = app.key(call.text("path"), algorithm);
    ObjectNode answer = AgentCall.MAPPER.createObjectNode().put("key", Bytes.hex(key));
    byte[] purpose = call.text("purpose").getBytes(UTF_8);
    byte[] first = Bytes.concat(Hash.sha256(key, purpose), Hash.sha256(key), new byte[1]);
    byte[] second = Bytes.concat(Hash.sha256(first), Hash.sha256(purpose), new byte[1]);
    answer.putArray("signature_chain").add(Bytes.hex(first)).add(Bytes.hex(second));
    return answer;
  }

  private ObjectNode quote(AgentCall call) throws BadCall {
    String hex = call.text("report_data");
    if (!HEX.matcher(hex).matches()) {
      throw new BadCall("report_data is not hex");
    }
    if (hex.length() > 2 * MAX_REPORT_DATA) {
      throw new BadCall("report_data is over 64 bytes");
    }
    byte[] reportData = Bytes.fit(Bytes.unhex(hex), MAX_REPORT_DATA);
    return AgentCall.MAPPER
        .createObjectNode()
        .put("quote", Bytes.hex(quotes.apply(reportData)))
        .put("event_log", eventLog.apply(EventLogDocument.of(machine).toString()))
        .put("report_data", Bytes.hex(reportData))
        .put("vm_config", AgentInfo.vmConfig());
  }

  private static UnixHttpServer.Reply ok(ObjectNode body) {
    return new UnixHttpServer.Reply(200, body.toString());
  }

  private static UnixHttpServer.Reply error(int status, String text) {
    ObjectNode body = AgentCall.MAPPER.createObjectNode().put("error", text);
    return new UnixHttpServer.Reply(status, body.toString());
  }
}
