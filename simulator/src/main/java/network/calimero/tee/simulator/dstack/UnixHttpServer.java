package network.calimero.tee.simulator.dstack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import network.calimero.tee.simulator.codec.Bytes;

/**
 * HTTP/1.1 on a Unix domain socket: one virtual thread per connection, keep-alive, bodies with
 * Content-Length of at most 64 KiB.
 */
final class UnixHttpServer implements AutoCloseable {
  static final int MAX_BODY = 64 * 1024;

  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 64;

  private final Path socket;
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final Function<Request, Optional<Reply>> handler;

  private UnixHttpServer(
      Path socket, ServerSocketChannel listener, Function<Request, Optional<Reply>> handler) {
    this.socket = socket;
    this.listener = listener;
    this.handler = handler;
  }

  /**
   * Listens on a socket file that does not exist yet.
   *
   * @param handler answers a request; empty closes the connection without an answer
   */
  static UnixHttpServer start(Path socket, Function<Request, Optional<Reply>> handler)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    UnixHttpServer server = new UnixHttpServer(socket, listener, handler);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(socket);
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        connections.add(connection);
        if (!listener.isOpen()) {
          connection.close();
        }
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // Closed by close(), or a client that left while it was accepted: either way, look again.
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
      OutputStream out = Channels.newOutputStream(connection);
      boolean open = true;
      while (open) {
        open = exchange(in, out);
      }
    } catch (IOException e) {
      // The peer went away or was closed on; nobody is left to tell.
    } finally {
      connections.remove(connection);
    }
  }

  /** One request and its answer; false ends the connection. */
  private boolean exchange(InputStream in, OutputStream out) throws IOException {
    try {
      String line = readLine(in);
      if (line.isEmpty()) {
        return false;
      }
      Map<String, String> headers = readHeaders(in);
      Request request = request(line, readBody(in, headers));
      Optional<Reply> reply = handler.apply(request);
      boolean keep = reply.isPresent() && !"close".equalsIgnoreCase(headers.get("connection"));
      if (reply.isPresent()) {
        write(out, reply.get(), keep);
      }
      return keep;
    } catch (Refused refused) {
      write(out, refused.reply, false);
      return false;
    }
  }

  private static Request request(String line, String body) throws Refused {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new Refused(400, "not a request line");
    }
    return new Request(parts[0], parts[1], body);
  }

  private static Map<String, String> readHeaders(InputStream in) throws IOException, Refused {
    Map<String, String> headers = new HashMap<>();
    for (int count = 0; count < MAX_HEADERS; count++) {
      String line = readLine(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new Refused(400, "not a header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    throw new Refused(431, "too many headers");
  }

  private static String readBody(InputStream in, Map<String, String> headers)
      throws IOException, Refused {
    if (headers.containsKey("transfer-encoding")) {
      throw new Refused(411, "Content-Length is needed");
    }
    String length = headers.getOrDefault("content-length", "0");
    if (!length.matches("\\d{1,9}")) {
      throw new Refused(400, "bad Content-Length");
    }
    int size = Integer.parseInt(length);
    if (size > MAX_BODY) {
      throw new Refused(413, "body is over 64 KiB");
    }
    byte[] body = in.readNBytes(size);
    if (body.length < size) {
      throw new IOException("connection ended inside a body");
    }
    return new String(body, UTF_8);
  }

  /** A line without its CRLF; empty at the end of the stream. */
  private static String readLine(InputStream in) throws IOException, Refused {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() == MAX_LINE) {
        throw new Refused(431, "line is too long");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static void write(OutputStream out, Reply reply, boolean keep) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(
                reply.status(),
                reply.status() == 200 ? "OK" : "Error",
                body.length,
                keep ? "" : "Connection: close\r\n");
    out.write(Bytes.concat(head.getBytes(ISO_8859_1), body));
    out.flush();
  }

  /** A request; the target as sent, the body as UTF-8. */
  record Request(String method, String target, String body) {}

  /** An answer with a JSON body. */
  record Reply(int status, String body) {}

  /** A request that is not worth reading on. */
  private static final class Refused extends Exception {
    private final Reply reply;

    Refused(int status, String reason) {
      super(reason);
      reply = new Reply(status, "{\"error\":\"" + reason + "\"}");
    }
  }
}
