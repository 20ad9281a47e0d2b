package network.calimero.tee.functions.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Jetty's requests as calls, answers as Jetty's responses. */
final class ServiceHandler extends Handler.Abstract {
  private final Service service;
  private final boolean open;
  private final InstantSource clock;

  ServiceHandler(Service service, boolean open, InstantSource clock) {
    this.service = service;
    this.open = open;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    send(service.handle(() -> call(request)), response, callback);
    return true;
  }

  private HttpCall call(Request request) throws ApiException {
    Headers headers = Headers.none();
    for (HttpField field : request.getHeaders()) {
      headers = headers.and(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    String query = request.getHttpURI().getQuery();
    return new HttpCall(
        request.getMethod(),
        request.getHttpURI().getPath(),
        query == null ? "" : query,
        headers,
        body(request),
        open
            ? Optional.of(new Caller(Caller.Proof.LOCAL_OPEN, "whoever reaches this machine"))
            : Optional.empty(),
        clock.instant());
  }

  private Bytes body(Request request) throws ApiException {
    try {
      // Not closed: that would abort a body of which something is left.
      InputStream in = Request.asInputStream(request);
      byte[] body = in.readNBytes(service.maxBody() + 1);
      if (body.length > service.maxBody()) {
        throw new ApiException(
            ApiProblem.BODY_TOO_LARGE, "the body is over " + service.maxBody() + " bytes");
      }
      return Bytes.of(body);
    } catch (IOException e) {
      throw new ApiException(ApiProblem.BAD_REQUEST, "the body did not arrive", e);
    }
  }

  static void send(HttpAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer
        .headers()
        .lists()
        .forEach((name, values) -> values.forEach(value -> response.getHeaders().add(name, value)));
    response.write(true, ByteBuffer.wrap(answer.body().toArray()), callback);
  }
}
