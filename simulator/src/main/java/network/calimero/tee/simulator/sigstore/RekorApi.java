package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  private final TransparencyLog log;

  /** For the log of a service. */
  public RekorApi(SimulatedSigstore service) {
    log = service.log();
  }

  /** The answer to a call; empty if it is none of this API's, or about nothing in this log. */
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
    log.byDigest(hash.startsWith("sha256:") ? hash.substring(7) : hash)
        .forEach(entry -> uuids.add(entry.uuid()));
    return json(uuids);
  }

  private Optional<HttpAnswer> byIndex(String index) {
    return log.byLogIndex(Long.parseLong(index)).map(entry -> json(described(entry)));
  }

  private Optional<HttpAnswer> byUuid(String path) {
    String uuid = path.startsWith(ENTRIES + "/") ? path.substring(ENTRIES.length() + 1) : "";
    return log.byUuid(uuid).map(entry -> json(described(entry)));
  }

  private HttpAnswer retrieve(JsonNode request) {
    List<LogRecord> found = new ArrayList<>();
    request
        .path("entryUUIDs")
        .forEach(uuid -> log.byUuid(uuid.stringValue()).ifPresent(found::add));
    request
        .path("logIndexes")
        .forEach(index -> log.byLogIndex(index.longValue()).ifPresent(found::add));
    if (found.size() > MAX_RETRIEVED) {
      return problem("at most " + MAX_RETRIEVED + " entries at a time");
    }
    ArrayNode entries = JSON.createArrayNode();
    found.forEach(entry -> entries.add(described(entry)));
    return json(entries);
  }

  /** An entry under its name, hashes in hex where bundles have base64. */
  private ObjectNode described(LogRecord entry) {
    TransparencyLog.InclusionProof proof = log.prove(entry);
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
