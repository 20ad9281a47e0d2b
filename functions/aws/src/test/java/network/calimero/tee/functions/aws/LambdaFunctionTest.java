package network.calimero.tee.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events that no function URL would send, and callers that Lambda did not name. */
class LambdaFunctionTest {
  private static final class Sample extends LambdaFunction {
    Sample() {
      super(
          new Service(
              new ServiceInfo("s", "S", "1", false),
              List.of(
                  Endpoint.get("/api/who", "who calls")
                      .callersOnly()
                      .handledBy(request ->
                          HttpAnswer.text("text/plain", request.caller().orElseThrow().name()))),
              _ -> {},
              () -> "i",
              () -> 0),
          InstantSource.system());
    }
  }

  private static JsonNode handle(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Sample()
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new NoContext());
    return JsonMapper.shared().readTree(out.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"version\":\"1.0\",\"httpMethod\":\"GET\",\"path\":\"/\"}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{}}}",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"isBase64Encoded\":true,\"body\":\"%\","
            + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
      })
  void whatIsNoRequestIsAnsweredLikeAnyRefusal(String event) throws IOException {
    JsonNode response = handle(event);
    assertThat(response.path("statusCode").intValue()).isEqualTo(400);
    assertThat(
            JsonMapper.shared().readTree(response.path("body").asString()).path("code").asString())
        .isEqualTo("bad_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"iam\":{\"accountId\":\"1\",\"userArn\":\"arn:aws:iam::1:role/x\"}} | 200",
        "{\"iam\":{\"accountId\":\"1\",\"userArn\":\"\"}} | 403",
        "{\"iam\":{\"accountId\":\"\",\"userArn\":\"arn:aws:iam::1:role/x\"}} | 403",
        "{\"iam\":{\"accountId\":\"1\",\"userArn\":\"mdma\"}} | 403",
        "{\"iam\":{\"accountId\":\"1\",\"userArn\":null}} | 403",
        "{\"iam\":\"arn:aws:iam::1:role/x\"} | 403",
        "{\"lambda\":{\"userArn\":\"arn:aws:iam::1:role/x\"}} | 403",
        "{\"jwt\":{\"claims\":{\"sub\":\"x\"}}} | 403",
        "null | 403",
      })
  void onlyWhoSignedIsACaller(String authorizer, int status) throws IOException {
    JsonNode response =
        handle(
            "{\"rawPath\":\"/api/who\",\"requestContext\":{\"http\":{\"method\":\"GET\"},"
                + "\"authorizer\":"
                + authorizer
                + "}}");
    assertThat(response.path("statusCode").intValue()).isEqualTo(status);
  }
}
