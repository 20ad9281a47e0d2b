package network.calimero.tee.kms.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests to their routes and writes the answers. Has a thread for each: it may wait.
 *
 * <p>A connection ends with its first refusal, or when it has had its share of answers. A client
 * that sends requests ahead of their answers would otherwise have them worked off in one go, before
 * those of clients that came earlier; so it has to queue again for more, like everybody.
 */
final class KmsHandler extends Handler.Abstract {
  /** How the log calls every path that is not served. */
  static final String UNKNOWN_PATH = "other";

  /** Answers that one connection gets; far more than a node needs. */
  private static final int MAX_ANSWERS = 16;

  private final Map<String, Route> routes;
  private final Cors cors;
  private final RequestBody bodies;
  private final ConnectionGuard guard;
  private final RequestLog log;
  private final LongSupplier nanoTime;

  KmsHandler(
      Map<String, Route> routes,
      Cors cors,
      RequestBody bodies,
      ConnectionGuard guard,
      RequestLog log,
      LongSupplier nanoTime) {
    this.routes = routes;
    this.cors = cors;
    this.bodies = bodies;
    this.guard = guard;
    this.log = log;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, log.nextId(), nanoTime.getAsLong());
    Answer answer;
    try {
      answer = exchange.answer();
    } catch (IOException e) {
      answer =
          e.getCause() instanceof HttpException
              ? Answer.refusal(400, "the body is not well-formed HTTP/1.1", Map.of())
              : Answer.refusal(408, "the body did not arrive", Map.of());
    } catch (RuntimeException | StackOverflowError e) {
      answer = Answer.fault(e);
    }
    exchange.write(answer, response, callback);
    return true;
  }

  /** One request on its way to its answer. */
  private final class Exchange {
    private final Request request;
    private final String id;
    private final long start;
    private final String path;
    private final Connection connection;
    private Optional<PeerId> peer = Optional.empty();

    Exchange(Request request, String id, long start) {
      this.request = request;
      this.id = id;
      this.start = start;
      this.path = asSent(request);
      this.connection = request.getConnectionMetaData().getConnection();
    }

    /** The path letter by letter: other spellings of a path are other paths. */
    private static String asSent(Request request) {
      return Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
    }

    Answer answer() throws IOException {
      Route route = routes.get(path);
      if (route == null) {
        return unread(Answer.refusal(404, "there is nothing at this path", Map.of()));
      }
      if (isPreflight()) {
        return Answer.empty(204);
      }
      return switch (route) {
        case Route.Get get when isOneOf("GET", "HEAD") -> get.answering().answer();
        case Route.Post post when isOneOf("POST") -> post(post);
        case Route.Call call when isOneOf("POST") -> call(call);
        case Route.Get _, Route.Post _, Route.Call _ ->
            unread(
                Answer.refusal(
                    405, "this path takes " + route.allow(), Map.of("Allow", route.allow())));
      };
    }

    /** Whoever is still sending would lose the answer with the connection, which ends with it. */
    private Answer unread(Answer refusal) throws IOException {
      bodies.discard(request);
      return refusal;
    }

    private boolean isOneOf(String... methods) {
      return List.of(methods).contains(request.getMethod());
    }

    private boolean isPreflight() {
      return cors.isEnabled()
          && isOneOf("OPTIONS")
          && request.getHeaders().contains("Access-Control-Request-Method");
    }

    private Answer post(Route.Post route) throws IOException {
      Optional<Answer> refused = RequestBody.contentTypeFault(request);
      if (refused.isPresent()) {
        return unread(refused.get());
      }
      Optional<byte[]> body = bodies.read(request);
      if (body.isEmpty()) {
        return bodies.tooLarge();
      }
      guard.working(connection);
      // The platform and Intel may take their time: silence on the connection is then no fault.
      request.addIdleTimeoutListener(timeout -> false);
      try {
        Fields fields = Fields.parse(body.get());
        peer = peer(fields);
        return route.handling().answer(fields);
      } catch (KmsException e) {
        return Answer.refusal(e);
      }
    }

    private Answer call(Route.Call route) throws IOException {
      if (bodies.read(request).isEmpty()) {
        return bodies.tooLarge();
      }
      guard.working(connection);
      try {
        return route.calling().answer();
      } catch (KmsException e) {
        return Answer.refusal(e);
      }
    }

    /** For the log: only what has the shape of a peer ID. */
    private static Optional<PeerId> peer(Fields fields) {
      try {
        Optional<String> text = fields.optionalText("peerId");
        return text.isPresent() ? Optional.of(PeerId.parse(text.get())) : Optional.empty();
      } catch (KmsException | InvalidPeerIdException e) {
        return Optional.empty();
      }
    }

    /** Tells the log first, so that there is no answer that the log does not know. */
    void write(Answer answer, Response response, Callback callback) {
      tell(answer);
      response.setStatus(answer.status());
      var headers = response.getHeaders();
      headers.put("X-Request-Id", id);
      if (isLast(answer)) {
        headers.put(HttpHeader.CONNECTION, "close");
      }
      if (answer.body().length > 0) {
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
      }
      String origin = request.getHeaders().get("Origin");
      cors.headers(origin).forEach(headers::put);
      if (isPreflight()) {
        cors.preflightHeaders(origin).forEach(headers::put);
      }
      answer.headers().forEach(headers::put);
      // From here on it is the client that takes its time, over its answer and its next request.
      guard.answered(connection);
      response.write(true, ByteBuffer.wrap(answer.body()), Callback.from(answer::wipe, callback));
    }

    private boolean isLast(Answer answer) {
      return !answer.outcome().equals(Answer.OK) || connection.getMessagesIn() >= MAX_ANSWERS;
    }

    private void tell(Answer answer) {
      Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
      String known = routes.containsKey(path) ? path : UNKNOWN_PATH;
      log.tell(id, request.getMethod(), known, peer, answer, took);
    }
  }
}
