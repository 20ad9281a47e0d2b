package network.calimero.tee.functions.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Jetty's requests as calls, answers as Jetty's responses. */
final class ServiceHandler extends Handler.Abstract {
  private static final String API = "/api/";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Service service;
  private final Optional<StaticPages> pages;
  private final boolean open;
  private final InstantSource clock;

  ServiceHandler(Service service, Optional<StaticPages> pages, boolean open, InstantSource clock) {
    this.service = service;
    this.pages = pages;
    this.open = open;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    HttpAnswer answer =
        pages.isPresent() && !path.startsWith(API)
            ? service.marked(
                pages
                    .get()
                    .answer(
                        request.getMethod(),
                        path,
                        Optional.ofNullable(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))))
            : service.handle(() -> call(request));
    send(answer, response, callback);
    return true;
  }

  private HttpCall call(Request request) throws ApiException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      fields
          .computeIfAbsent(field.getName(), _ -> new ArrayList<>())
          .add(field.getValue() == null ? "" : field.getValue());
    }
    String query = request.getHttpURI().getQuery();
    return new HttpCall(
        request.getMethod(),
        request.getHttpURI().getPath(),
        query == null ? "" : query,
        Headers.ofLists(fields),
        body(request),
        caller(request),
        clock.instant());
  }

  /**
   * Whoever calls by a name of this machine's own. A page of a stranger's whose name was made to
   * lead here calls by that name, and is nobody.
   */
  private Optional<Caller> caller(Request request) {
    String host = Request.getServerName(request);
    return open && LOCAL_NAMES.contains(host)
        ? Optional.of(new Caller(Caller.Proof.LOCAL_OPEN, "whoever reaches this machine"))
        : Optional.empty();
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
