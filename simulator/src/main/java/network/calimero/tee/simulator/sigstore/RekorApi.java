package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the log of a simulated service is looked up: the part of Rekor's API, version 1, for that.
 */
public final class RekorApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ENTRIES = "/api/v1/log/entries";
  private static final int MAX_RETRIEVED = 10;

  private final List<TransparencyLog> logs = new CopyOnWriteArrayList<>();

  /** An entry and the log that has it. */
  private record Found(TransparencyLog log, LogRecord entry) {}

  /** Answers for the log of a service, too. */
  public void add(SimulatedSigstore service) {
    if (!logs.contains(service.log())) {
      logs.add(service.log());
    }
  }

  /** Answers for no log any more. */
  public void clear() {
    logs.clear();
  }

  /** The answer to a call; empty if it is none of this API's, or about an entry that is nowhere. */
  public Optional<HttpAnswer> answer(HttpCall call) {
    try {
      return switch (call.method() + " " + call.path()) {
        case "POST /api/v1/index/retrieve" -> Optional.of(byHash(body(call)));
        case "POST " + ENTRIES + "/retrieve" -> Optional.of(retrieve(body(call)));
        case "GET " + ENTRIES -> byIndex(call.query().getOrDefault("logIndex", ""));
        default -> call.method().equals("GET") ? byUuid(call.path()) : Optional.empty();
      };
    } catch (JacksonException | NumberFormatException e) {
      return Optional.of(problem("the request cannot be read"));
    }
  }

  private static JsonNode body(HttpCall call) {
    return JSON.readTree(call.body());
  }

  /** The names of all entries for an artifact; none is an empty list, not 404. */
  private HttpAnswer byHash(JsonNode request) {
    String hash = request.path("hash").asString("").toLowerCase(Locale.ROOT);
    ArrayNode uuids = JSON.createArrayNode();
    String digest = hash.startsWith("sha256:") ? hash.substring(7) : hash;
    for (TransparencyLog log : logs) {
      log.byDigest(digest).forEach(entry -> uuids.add(entry.uuid()));
    }
    return json(uuids);
  }

  private Optional<HttpAnswer> byIndex(String index) {
    long number = Long.parseLong(index);
    return find(log -> log.byLogIndex(number)).map(found -> json(described(found)));
  }

  private Optional<HttpAnswer> byUuid(String path) {
    String uuid = path.startsWith(ENTRIES + "/") ? path.substring(ENTRIES.length() + 1) : "";
    return find(log -> log.byUuid(uuid)).map(found -> json(described(found)));
  }

  private Optional<Found> find(Function<TransparencyLog, Optional<LogRecord>> lookUp) {
    return logs.stream()
        .flatMap(log -> lookUp.apply(log).map(entry -> new Found(log, entry)).stream())
        .findFirst();
  }

  private HttpAnswer retrieve(JsonNode request) {
    List<Found> found = new ArrayList<>();
    request
        .path("entryUUIDs")
        .forEach(uuid -> find(log -> log.byUuid(uuid.stringValue())).ifPresent(found::add));
    request
        .path("logIndexes")
        .forEach(index -> find(log -> log.byLogIndex(index.longValue())).ifPresent(found::add));
    if (found.size() > MAX_RETRIEVED) {
      return problem("at most " + MAX_RETRIEVED + " entries at a time");
    }
    ArrayNode entries = JSON.createArrayNode();
    found.forEach(entry -> entries.add(described(entry)));
    return json(entries);
  }

  /** An entry under its name, hashes in hex where bundles have base64. */
  private static ObjectNode described(Found found) {
    LogRecord entry = found.entry();
    TransparencyLog.InclusionProof proof = found.log().prove(entry);
    ObjectNode named = JSON.createObjectNode();
    ObjectNode described = named.putObject(entry.uuid());
    String body = Base64.getEncoder().encodeToString(entry.body().getBytes(UTF_8));
    described.put("body", body).put("integratedTime", entry.integratedTime().getEpochSecond());
    described.put("logID", entry.logId()).put("logIndex", entry.logIndex());
    ObjectNode verification = described.putObject("verification");
    ObjectNode inclusion = verification.putObject("inclusionProof");
    inclusion.put("checkpoint", proof.checkpoint());
    ArrayNode hashes = inclusion.putArray("hashes");
    proof.path().forEach(hashes::add);
    inclusion.put("logIndex", proof.index()).put("rootHash", proof.root());
    inclusion.put("treeSize", proof.treeSize());
    verification.put("signedEntryTimestamp", entry.promise());
    return named;
  }

  private static HttpAnswer json(JsonNode body) {
    return HttpAnswer.ok("application/json", JSON.writeValueAsBytes(body));
  }

  private static HttpAnswer problem(String message) {
    ObjectNode body = JSON.createObjectNode().put("code", 400).put("message", message);
    return HttpAnswer.of(400, "application/json", JSON.writeValueAsBytes(body));
  }
}
