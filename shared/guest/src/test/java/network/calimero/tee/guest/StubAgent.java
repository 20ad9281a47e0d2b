package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Unix socket that reads one HTTP request per connection and answers with whatever is wanted. */
final class StubAgent implements AutoCloseable {

  private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  StubAgent(Path socket, Behaviour behaviour) throws IOException {
    server.bind(UnixDomainSocketAddress.of(socket));
    threads.execute(() -> accept(behaviour));
  }

  /** Answers every request with this status and JSON. */
  static Behaviour json(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, bytes.length);
    return raw(head + body);
  }

  /** Answers every request with exactly these characters. */
  static Behaviour raw(String answer) {
    return channel -> write(channel, answer);
  }

  static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** All requests so far, head and body. */
  Queue<String> requests() {
    return requests;
  }

  private void accept(Behaviour behaviour) {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        threads.execute(() -> serve(channel, behaviour));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(SocketChannel channel, Behaviour behaviour) {
    try (channel) {
      requests.add(readRequest(channel));
      behaviour.answer(channel);
    } catch (IOException | InterruptedException _) {
      // The client went away, or the test is over.
    }
  }

  private static String readRequest(SocketChannel channel) throws IOException {
    StringBuilder request = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (!complete(request.toString()) && channel.read(buffer) >= 0) {
      request.append(new String(buffer.array(), 0, buffer.position(), ISO_8859_1));
      buffer.clear();
    }
    return request.toString();
  }

  private static boolean complete(String request) {
    int head = request.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    String[] length = request.toLowerCase(Locale.ROOT).split("content-length: ", 2);
    int body = Integer.parseInt(length[1].substring(0, length[1].indexOf('\r')));
    return request.length() == head + 4 + body;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    threads.close();
  }

  interface Behaviour {
    void answer(SocketChannel channel) throws IOException, InterruptedException;
  }
}
