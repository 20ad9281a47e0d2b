package network.calimero.tee.functions.aws;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.CallSource;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.TransportBody;
import org.jspecify.annotations.Nullable;

/**
 * A service as a function URL calls it: payload format 2.0, which knows texts only, joins the
 * values of a header and keeps cookies apart.
 *
 * <p>The caller is who signed the request, and Lambda says who that was; a function URL that does
 * not ask for signatures names nobody. Whoever may invoke the function itself can write any event:
 * that right is the operator's alone.
 */
public final class FunctionUrl {
  private static final String COOKIE = "Cookie";
  private static final String SET_COOKIE = "Set-Cookie";

  private final Service service;
  private final InstantSource clock;

  /** Of that service. */
  public FunctionUrl(Service service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  /** An event, or the reason why there is none. */
  @FunctionalInterface
  public interface EventSource {
    /** Reads it. */
    APIGatewayV2HTTPEvent read() throws ApiException;
  }

  /** Answers an event; of whatever it may be, there is an answer. */
  public APIGatewayV2HTTPResponse answer(EventSource source) {
    CallSource call = () -> call(source.read());
    return response(service.handle(call));
  }

  private HttpCall call(@Nullable APIGatewayV2HTTPEvent event) throws ApiException {
    RequestContext context = event == null ? null : event.getRequestContext();
    if (event == null || context == null || context.getHttp() == null) {
      throw noHttp();
    }
    @Nullable String method = context.getHttp().getMethod();
    @Nullable String path = event.getRawPath();
    if (method == null || path == null) {
      throw noHttp();
    }
    return new HttpCall(
        method,
        path,
        orEmpty(event.getRawQueryString()),
        headers(event),
        body(event),
        caller(context),
        clock.instant());
  }

  private static ApiException noHttp() {
    return new ApiException(ApiProblem.BAD_REQUEST, "the event is no HTTP request of format 2.0");
  }

  private static Headers headers(APIGatewayV2HTTPEvent event) {
    @Nullable Map<String, String> given = event.getHeaders();
    Headers headers = given == null ? Headers.none() : Headers.of(given);
    @Nullable List<String> cookies = event.getCookies();
    return cookies == null || cookies.isEmpty()
        ? headers
        : headers.with(COOKIE, String.join("; ", cookies));
  }

  private Bytes body(APIGatewayV2HTTPEvent event) throws ApiException {
    return new TransportBody(orEmpty(event.getBody()), event.getIsBase64Encoded())
        .bytes(service.maxBody());
  }

  private static Optional<Caller> caller(RequestContext context) {
    RequestContext.@Nullable Authorizer authorizer = context.getAuthorizer();
    RequestContext.@Nullable IAM iam = authorizer == null ? null : authorizer.getIam();
    if (iam == null || orEmpty(iam.getAccountId()).isBlank()) {
      return Optional.empty();
    }
    return Optional.of(orEmpty(iam.getUserArn()))
        .filter(arn -> arn.startsWith("arn:"))
        .map(arn -> new Caller(Caller.Proof.AWS_IAM, arn));
  }

  private static APIGatewayV2HTTPResponse response(HttpAnswer answer) {
    TransportBody body = TransportBody.of(answer.body());
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status())
        .withHeaders(answer.headers().without(SET_COOKIE).joined())
        .withCookies(answer.headers().all(SET_COOKIE))
        .withBody(body.text())
        .withIsBase64Encoded(body.base64())
        .build();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
