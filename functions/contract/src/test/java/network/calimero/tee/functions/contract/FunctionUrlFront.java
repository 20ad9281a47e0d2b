package network.calimero.tee.functions.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a function URL makes of requests and responses: AWS's payload format 2.0. */
final class FunctionUrlFront {
  private FunctionUrlFront() {}

  static byte[] event(Ask ask) {
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default").put("rawPath", ask.path());
    event.put("rawQueryString", ask.query());
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> cookies = new ArrayList<>();
    headers.put("host", "abc.lambda-url.eu-west-1.on.aws");
    for (Map.Entry<String, String> header : ask.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("cookie")) {
        cookies.addAll(List.of(header.getValue().split("; ", -1)));
      } else {
        headers.merge(name, header.getValue(), (one, more) -> one + "," + more);
      }
    }
    if (!cookies.isEmpty()) {
      ArrayNode array = event.putArray("cookies");
      cookies.forEach(array::add);
    }
    ObjectNode all = event.putObject("headers");
    headers.forEach(all::put);
    context(event.putObject("requestContext"), ask);
    body(event, ask, headers.getOrDefault("content-type", ""));
    return JsonMapper.shared().writeValueAsBytes(event);
  }

  private static void context(ObjectNode context, Ask ask) {
    context.put("accountId", ask.proven() ? "123456789012" : "anonymous").put("apiId", "abc");
    context.putObject("http").put("method", ask.method()).put("path", ask.path());
    context.put("requestId", "r").put("stage", "$default").put("timeEpoch", 1_772_600_000_000L);
    if (ask.proven()) {
      context
          .putObject("authorizer")
          .putObject("iam")
          .put("accessKey", "ASIAEXAMPLE")
          .put("accountId", "123456789012")
          .put("callerId", "AROAEXAMPLE:mdma")
          .putNull("cognitoIdentity")
          .putNull("principalOrgId")
          .put("userArn", "arn:aws:sts::123456789012:assumed-role/mdma/mdma")
          .put("userId", "AROAEXAMPLE:mdma");
    }
  }

  private static void body(ObjectNode event, Ask ask, String contentType) {
    if (ask.body().isEmpty()) {
      event.put("isBase64Encoded", false);
    } else if (contentType.startsWith("application/json; as=text")) {
      event.put("body", new String(ask.body().toArray(), StandardCharsets.UTF_8));
      event.put("isBase64Encoded", false);
    } else {
      event.put("body", Base64.getEncoder().encodeToString(ask.body().toArray()));
      event.put("isBase64Encoded", true);
    }
  }

  static Reply reply(byte[] response) {
    JsonNode json = JsonMapper.shared().readTree(response);
    Headers headers = Headers.none();
    for (Map.Entry<String, JsonNode> header : json.path("headers").properties()) {
      headers = headers.and(header.getKey(), header.getValue().stringValue());
    }
    for (JsonNode cookie : json.path("cookies")) {
      headers = headers.and("Set-Cookie", cookie.stringValue());
    }
    String body = json.path("body").asString("");
    return new Reply(
        json.get("statusCode").intValue(),
        headers,
        Bytes.of(
            json.path("isBase64Encoded").asBoolean(false)
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8)));
  }
}
