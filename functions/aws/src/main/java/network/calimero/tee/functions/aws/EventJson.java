package network.calimero.tee.functions.aws;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events and responses of payload format 2.0 in JSON. Reads the fields that are used, by hand:
 * binding the event's class by reflection takes longer than a cold start may.
 */
final class EventJson {
  /** An invocation's payload is never larger: 6 MiB (Lambda's quotas). */
  private static final int MAX_PAYLOAD = 6 * 1024 * 1024 + 1024;

  private EventJson() {}

  static APIGatewayV2HTTPEvent read(InputStream in) throws ApiException {
    try {
      byte[] payload = in.readNBytes(MAX_PAYLOAD + 1);
      if (payload.length > MAX_PAYLOAD) {
        throw new ApiException(ApiProblem.BODY_TOO_LARGE, "the event is over Lambda's own limit");
      }
      return event(JsonMapper.shared().readTree(payload));
    } catch (IOException | JacksonException e) {
      throw new ApiException(ApiProblem.BAD_REQUEST, "the event is no JSON", e);
    }
  }

  private static APIGatewayV2HTTPEvent event(JsonNode json) {
    return APIGatewayV2HTTPEvent.builder()
        .withVersion(text(json, "version"))
        .withRawPath(text(json, "rawPath"))
        .withRawQueryString(text(json, "rawQueryString"))
        .withCookies(texts(json.path("cookies")))
        .withHeaders(map(json.path("headers")))
        .withBody(text(json, "body"))
        .withIsBase64Encoded(json.path("isBase64Encoded").asBoolean(false))
        .withRequestContext(context(json.path("requestContext")))
        .build();
  }

  private static RequestContext context(JsonNode json) {
    JsonNode http = json.path("http");
    RequestContext.RequestContextBuilder context =
        RequestContext.builder()
            .withHttp(RequestContext.Http.builder().withMethod(text(http, "method")).build());
    JsonNode iam = json.path("authorizer").path("iam");
    if (iam.isObject()) {
      context.withAuthorizer(
          RequestContext.Authorizer.builder()
              .withIam(
                  RequestContext.IAM
                      .builder()
                      .withAccountId(text(iam, "accountId"))
                      .withUserArn(text(iam, "userArn"))
                      .build())
              .build());
    }
    return context.build();
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.values().stream().filter(JsonNode::isString).forEach(v -> texts.add(v.stringValue()));
    return texts;
  }

  private static Map<String, String> map(JsonNode json) {
    Map<String, String> map = new LinkedHashMap<>();
    json.properties().stream()
        .filter(field -> field.getValue().isString())
        .forEach(field -> map.put(field.getKey(), field.getValue().stringValue()));
    return map;
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value != null && value.isString() ? value.stringValue() : null;
  }

  /** Writes a response and leaves the stream open: it is the runtime's. */
  static void write(APIGatewayV2HTTPResponse response, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonMapper.shared().createGenerator(new Kept(out))) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", response.getStatusCode());
      json.writeName("headers");
      json.writeStartObject();
      response.getHeaders().forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeName("cookies");
      json.writeStartArray();
      response.getCookies().forEach(json::writeString);
      json.writeEndArray();
      json.writeStringProperty("body", response.getBody());
      json.writeBooleanProperty("isBase64Encoded", response.getIsBase64Encoded());
      json.writeEndObject();
    } catch (JacksonException e) {
      throw new IOException("the response could not be written", e);
    }
    out.flush();
  }

  /** A stream that is not closed with what writes to it. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
