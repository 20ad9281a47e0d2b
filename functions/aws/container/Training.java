import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lambda's Runtime API for as long as it takes to let a function answer some events; then the
 * function is ended in order, whereupon its JVM writes the cache that it was told to.
 */
final class Training {
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final int PATIENCE_SECONDS = 120;

  private final Queue<Path> events;
  private final CountDownLatch answers;

  private Training(List<Path> events) {
    this.events = new ConcurrentLinkedQueue<>(events);
    this.answers = new CountDownLatch(events.size());
  }

  /**
   * Starts the function and serves it.
   *
   * @param args the folder of events, the function's name with which the names of its events begin,
   *     the command that starts it
   */
  public static void main(String[] args) throws Exception {
    List<Path> events;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      events =
          files
              .filter(file -> file.getFileName().toString().matches(args[1] + "[^/]*\\.json"))
              .sorted()
              .toList();
    }
    if (events.isEmpty()) {
      throw new IOException("no events for " + args[1]);
    }
    new Training(events).run(Arrays.asList(args).subList(2, args.length));
  }

  private void run(List<String> command) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server));
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
      Process function = builder.start();
      try {
        boolean answered = answers.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        function.destroy();
        if (!answered || !function.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("the function does not answer, or does not end");
        }
      } finally {
        function.destroyForcibly();
      }
    }
  }

  /** Each connection by itself: the client may have several. */
  private void serve(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> exchanges(socket));
      }
    } catch (IOException _) {
      // closed: all is answered
    }
  }

  private void exchanges(Socket socket) {
    try (socket) {
      while (exchange(socket)) {
        // the client keeps its connection
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  /** One request of the client; false if nothing more is to be said. */
  private boolean exchange(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String request = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (request.startsWith("GET " + INVOCATION + "next ")) {
      return next(socket);
    }
    if (request.startsWith("POST " + INVOCATION) && request.contains("/response ")) {
      send(socket, "202 Accepted", new byte[0]);
      answers.countDown();
      return true;
    }
    if (!request.isEmpty()) {
      throw new IOException("the function fails: " + request + " " + body);
    }
    return false;
  }

  private boolean next(Socket socket) throws IOException {
    Path event = events.poll();
    if (event != null) {
      send(socket, "200 OK", Files.readAllBytes(event));
      return true;
    }
    return socket.getInputStream().read() >= 0; // until it is ended, as Lambda's own
  }

  private static void send(Socket socket, String status, byte[] body) throws IOException {
    String head =
        """
        HTTP/1.1 %s
        Content-Type: application/json
        Content-Length: %d
        Lambda-Runtime-Aws-Request-Id: training
        Lambda-Runtime-Deadline-Ms: 253402300799000
        Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:training

        """
            .formatted(status, body.length)
            .replace("\n", "\r\n");
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
