package network.calimero.tee.functions.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.calimero.tee.functions.api.Endpoint.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the description of an API, OpenAPI 3.1, from its endpoints. */
final class OpenApi {
  private static final String DESCRIPTION = "description";

  /** What every refusal looks like. */
  static final Schema ERROR =
      Schema.object()
          .required("error", Schema.text().describedAs("what was found, and what to do"))
          .required("code", Schema.text("[a-z0-9_]+").describedAs("for programs; never renamed"))
          .open()
          .named("Error");

  private final Map<String, Schema> components = new TreeMap<>();

  private OpenApi() {}

  static ObjectNode of(ServiceInfo info, List<Endpoint> endpoints) {
    return new OpenApi().document(info, endpoints);
  }

  private static ObjectNode node() {
    return JsonMapper.shared().createObjectNode();
  }

  private ObjectNode document(ServiceInfo info, List<Endpoint> endpoints) {
    ObjectNode document = node().put("openapi", "3.1.0");
    ObjectNode about =
        document.putObject("info").put("title", info.title()).put("version", info.version());
    if (info.simulated()) {
      about.put(
          DESCRIPTION,
          "SIMULATED: believes simulated roots; every answer says so in the header X-Mero-Tee.");
    }
    ObjectNode paths = document.putObject("paths");
    for (Endpoint endpoint : endpoints) {
      paths
          .withObjectProperty(endpoint.path())
          .set(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
    }
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    components.forEach((name, schema) -> schemas.set(name, schema.json()));
    return document;
  }

  private ObjectNode operation(Endpoint endpoint) {
    ObjectNode operation = node().put("summary", endpoint.summary());
    operation.put("operationId", operationId(endpoint));
    if (!endpoint.description().isEmpty()) {
      operation.put(DESCRIPTION, endpoint.description());
    }
    if (!endpoint.parameters().isEmpty()) {
      var parameters = operation.putArray("parameters");
      endpoint.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    }
    endpoint
        .body()
        .ifPresent(body -> {
          ObjectNode request = operation.putObject("requestBody").put("required", true);
          request
              .putObject("content")
              .putObject("application/json")
              .set("schema", use(body.schema()));
        });
    ObjectNode responses = operation.putObject("responses");
    endpoint.answers().forEach(answer -> addAnswer(responses, answer));
    if (endpoint.cachedFor().isPresent()) {
      responses.putObject("304").put(DESCRIPTION, "what If-None-Match names has not changed");
    }
    refusals(endpoint).forEach((status, problems) -> addRefusal(responses, status, problems));
    addRefusal(responses, "default", List.of());
    return operation;
  }

  private static String operationId(Endpoint endpoint) {
    String path = endpoint.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    return endpoint.method().name().toLowerCase(Locale.ROOT) + "_" + path;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode node =
        node()
            .put("name", parameter.name())
            .put("in", "query")
            .put("required", parameter.required())
            .put(DESCRIPTION, parameter.meaning() + " Accepted: " + parameter.accepted() + ".");
    node.set("schema", Schema.text(parameter.pattern().pattern()).json());
    return node;
  }

  private void addAnswer(ObjectNode responses, Answer answer) {
    ObjectNode response =
        responses
            .withObjectProperty(String.valueOf(answer.status()))
            .put(DESCRIPTION, answer.meaning());
    if (!answer.contentType().isEmpty()) {
      Schema schema = answer.schema().orElseGet(Schema::text);
      response
          .withObjectProperty("content")
          .withObjectProperty(answer.contentType())
          .set("schema", use(schema));
    }
  }

  /** Those of its own, and those that every endpoint of its kind has. */
  private static Map<String, List<Problem>> refusals(Endpoint endpoint) {
    List<Problem> common = new ArrayList<>(List.of(ApiProblem.BAD_REQUEST));
    if (!endpoint.parameters().isEmpty()) {
      common.add(ApiProblem.INVALID_QUERY);
      endpoint.parameters().forEach(parameter -> common.add(parameter.problem()));
    }
    if (endpoint.callersOnly()) {
      common.add(ApiProblem.CALLER_REQUIRED);
    }
    if (endpoint.body().isPresent()) {
      common.addAll(
          List.of(
              ApiProblem.INVALID_JSON,
              ApiProblem.INVALID_FIELD,
              ApiProblem.BODY_TOO_LARGE,
              ApiProblem.UNSUPPORTED_MEDIA_TYPE));
    }
    common.add(ApiProblem.INTERNAL_ERROR);
    return Stream.concat(common.stream(), endpoint.problems().stream())
        .distinct()
        .collect(
            Collectors.groupingBy(
                problem -> String.valueOf(problem.status()), TreeMap::new, Collectors.toList()));
  }

  private void addRefusal(ObjectNode responses, String status, List<Problem> problems) {
    String text =
        problems.isEmpty()
            ? "any other refusal"
            : problems.stream()
                .collect(
                    Collectors.toMap(
                        Problem::code, Problem::advice, (one, _) -> one, LinkedHashMap::new))
                .entrySet()
                .stream()
                .map(entry -> "`%s`: %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
    ObjectNode response = responses.withObjectProperty(status);
    if (!response.has(DESCRIPTION)) {
      response.put(DESCRIPTION, text);
    }
    ObjectNode content = response.withObjectProperty("content");
    if (!content.has("application/json")) {
      content.putObject("application/json").set("schema", use(ERROR));
    }
  }

  private ObjectNode use(Schema schema) {
    components.putAll(schema.components());
    return schema.json();
  }
}
