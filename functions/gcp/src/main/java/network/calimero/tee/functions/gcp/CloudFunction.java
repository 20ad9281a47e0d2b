package network.calimero.tee.functions.gcp;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Startup;

/** A function as the Functions Framework calls it. */
public class CloudFunction implements HttpFunction {
  private final Service service;
  private final CallerProof proof;
  private final InstantSource clock;

  /** Answers with that service; subclasses have a constructor without arguments. */
  protected CloudFunction(Service service, CallerProof proof, InstantSource clock) {
    this.service = service;
    this.proof = proof;
    this.clock = clock;
  }

  /** Answers anybody with that function; tells the log why, if it cannot start. */
  protected CloudFunction(Startup startup, Deployable function) {
    this(startup.startOrTell(function), CallerProof.NONE, startup.host().clock());
  }

  @Override
  public final void service(HttpRequest request, HttpResponse response) throws IOException {
    send(service.handle(() -> call(request)), response);
  }

  private HttpCall call(HttpRequest request) throws ApiException {
    Headers headers = Headers.ofLists(request.getHeaders());
    Instant now = clock.instant();
    return new HttpCall(
        request.getMethod(),
        path(request.getUri()),
        request.getQuery().orElse(""),
        headers,
        body(request),
        proof.find(headers, now),
        now);
  }

  /** As it was sent: the framework's own path is already decoded. */
  private static String path(String uri) {
    int scheme = uri.indexOf("://");
    int start = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    if (start < 0) {
      return "/";
    }
    int query = uri.indexOf('?', start);
    return query < 0 ? uri.substring(start) : uri.substring(start, query);
  }

  private Bytes body(HttpRequest request) throws ApiException {
    try {
      // Not closed: that would abort a body of which something is left.
      byte[] body = request.getInputStream().readNBytes(service.maxBody() + 1);
      if (body.length > service.maxBody()) {
        throw new ApiException(
            ApiProblem.BODY_TOO_LARGE, "the body is over " + service.maxBody() + " bytes");
      }
      return Bytes.of(body);
    } catch (IOException e) {
      throw new ApiException(ApiProblem.BAD_REQUEST, "the body did not arrive", e);
    }
  }

  private static void send(HttpAnswer answer, HttpResponse response) throws IOException {
    response.setStatusCode(answer.status());
    answer
        .headers()
        .lists()
        .forEach((name, values) -> values.forEach(value -> response.appendHeader(name, value)));
    if (answer.status() == HttpURLConnection.HTTP_NOT_MODIFIED || answer.body().isEmpty()) {
      return;
    }
    try (OutputStream out = response.getOutputStream()) {
      out.write(answer.body().toArray());
    }
  }
}
