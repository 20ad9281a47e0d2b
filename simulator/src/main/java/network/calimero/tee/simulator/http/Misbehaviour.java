package network.calimero.tee.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Carries out a fault on one exchange.
 *
 * @param proper what the answer would have been
 * @param closed completes when the server stops
 */
record Misbehaviour(HttpExchange exchange, HttpAnswer proper, CompletableFuture<Void> closed) {
  private static final int CHUNK = 64 * 1024;

  void carryOut(HttpFault fault) throws IOException {
    switch (fault) {
      case HttpFault.Status(int status) -> send(exchange, HttpAnswer.empty(status));
      case HttpFault.Redirect(URI location) ->
          send(exchange, HttpAnswer.redirect(location.toString()));
      case HttpFault.Delay(var until) -> {
        CompletableFuture.anyOf(closed, until.toCompletableFuture()).join();
        send(exchange, proper);
      }
      case HttpFault.Hang() -> closed.join();
      case HttpFault.HangInBody(int after) -> {
        part(after).flush();
        closed.join();
      }
      case HttpFault.Truncate(int after) -> part(after);
      case HttpFault.Oversize(long size) -> fill(begin(exchange, good(), size), size);
      case HttpFault.OversizeUnannounced(long size) -> fill(begin(exchange, good(), 0), size);
      case HttpFault.WithoutHeaders(String end) ->
          send(exchange, proper.withoutHeaders(name -> name.endsWith(end)));
      case HttpFault.ChangeBody(UnaryOperator<byte[]> change) ->
          send(exchange, proper.change(change));
      case HttpFault.Text(String body) ->
          send(exchange, HttpAnswer.ok("text/plain", body.getBytes(UTF_8)));
    }
  }

  /** Even where nothing is properly found. */
  private HttpAnswer good() {
    return proper.withStatus(200);
  }

  private OutputStream part(int size) throws IOException {
    byte[] body = proper.body();
    OutputStream out = begin(exchange, proper, body.length);
    out.write(body, 0, Math.min(size, body.length));
    return out;
  }

  static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    byte[] body = answer.body();
    if (body.length == 0) {
      begin(exchange, answer, -1);
    } else {
      begin(exchange, answer, body.length).write(body);
    }
  }

  /** Sends status and headers; a size of 0 means chunks, −1 no body. */
  private static OutputStream begin(HttpExchange exchange, HttpAnswer answer, long size)
      throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), size);
    return exchange.getResponseBody();
  }

  private static void fill(OutputStream out, long size) throws IOException {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) ' ');
    for (long left = size; left > 0; left -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }
}
