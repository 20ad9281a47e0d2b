package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.demo.KmsChild;

/** From the start of production's process to its first answer. */
final class StartUp {
  private static final int RUNS = 10;

  private static final Duration GIVE_UP = Duration.ofSeconds(30);

  private StartUp() {}

  static void measure(Path root, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    Path jar = root.resolve("kms-enclave/server/target/mero-tee-kms-server.jar");
    out.println("Start-up of " + jar.getFileName() + ", process start to first GET /health:");
    row("the JVM as it comes", KmsChild.packaged(jar), folder, out);
    row(
        "without its second compiler",
        KmsChild.packaged(jar, KmsChild.FIRST_COMPILER),
        folder,
        out);
    out.println();
  }

  private static void row(String name, List<String> command, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    List<Duration> took = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      took.add(once(command, folder.resolve("start.log")));
    }
    Percentiles times = new Percentiles(took);
    out.printf(
        "  %-28s %d runs: median %s, slowest %s%n",
        name, RUNS, Percentiles.text(times.at(0.5)), Percentiles.text(times.max()));
  }

  private static Duration once(List<String> command, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    long start = System.nanoTime();
    try (KmsChild kms = KmsChild.start(command, Map.of("LISTEN_ADDR", "127.0.0.1:" + port), log)) {
      while (!answers(port)) {
        if (kms.ended().isDone() || System.nanoTime() - start > GIVE_UP.toNanos()) {
          throw new IOException("no answer; it said:\n" + Files.readString(log));
        }
        Thread.sleep(1);
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Somebody else could take it meanwhile; then this run fails and says so. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write("GET /health HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(line, ISO_8859_1).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }
}
