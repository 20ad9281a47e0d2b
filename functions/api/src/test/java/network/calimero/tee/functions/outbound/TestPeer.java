package network.calimero.tee.functions.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A host at a local address that says whatever its test wants, to whoever connects. */
final class TestPeer implements AutoCloseable {
  private final ServerSocket listener;
  private final Optional<SSLContext> tls;
  private final boolean reads;
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> serverNames = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What is said. */
  @FunctionalInterface
  interface Script {
    void say(OutputStream out) throws IOException;
  }

  private TestPeer(String address, int port, Optional<SSLContext> tls, boolean reads, Script script)
      throws IOException {
    this.listener = new ServerSocket(port, 50, InetAddress.getByName(address));
    this.tls = tls;
    this.reads = reads;
    this.script = script;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** One that reads a request before it speaks. */
  static TestPeer saying(Script script) throws IOException {
    return new TestPeer("127.0.0.1", 0, Optional.empty(), true, script);
  }

  /** The same with an answer. */
  static TestPeer saying(String... lines) throws IOException {
    return saying(out -> out.write(lines(lines)));
  }

  /** One at another local address. */
  static TestPeer at(String address, int port, String... lines) throws IOException {
    return new TestPeer(address, port, Optional.empty(), true, out -> out.write(lines(lines)));
  }

  /** One under TLS. */
  static TestPeer secured(SSLContext context, String... lines) throws IOException {
    return new TestPeer("127.0.0.1", 0, Optional.of(context), true, out -> out.write(lines(lines)));
  }

  /** One that does not care what it is sent. */
  static TestPeer deaf(Script script) throws IOException {
    return new TestPeer("127.0.0.1", 0, Optional.empty(), false, script);
  }

  static byte[] lines(String... lines) {
    return String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket raw = listener.accept();
        accepted.incrementAndGet();
        connections.add(raw);
        Thread.ofPlatform().daemon().start(() -> serve(raw));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket raw) {
    try (raw) {
      Socket socket = tls.isPresent() ? TestAuthority.secured(raw, tls.get()) : raw;
      if (reads) {
        requests.add(request(new BufferedInputStream(socket.getInputStream())));
      }
      if (socket instanceof SSLSocket under
          && under.getSession() instanceof ExtendedSSLSession session) {
        session.getRequestedServerNames().forEach(name -> serverNames.add(name.toString()));
      }
      script.say(socket.getOutputStream());
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      raw.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The other side is gone: as it should be, in most of these tests.
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("no request");
      }
      head.append((char) c);
    }
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
      head.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return head.toString();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Requests as they came. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Names that were asked for when TLS began. */
  List<String> serverNames() {
    return List.copyOf(serverNames);
  }

  /** How many have connected. */
  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
