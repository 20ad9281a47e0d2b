package network.calimero.tee.kms.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Redis or Valkey server in a process of its own, on a port of its own, that keeps nothing
 * on disk. Where neither is installed the test is skipped, unless the variable MERO_REQUIRE_REDIS
 * is set.
 */
public final class RedisServer implements AutoCloseable {
  /** What clients must say. */
  public static final String PASSWORD = "the-stores-pass-word";

  private static final String SET_UP = "OK";

  private final Path program;
  private final Path folder;
  private final int port;
  private final boolean cluster;
  private final List<String> options;
  private Process process;

  private RedisServer(Path program, Path folder, boolean cluster, List<String> options)
      throws IOException {
    this.program = program;
    this.folder = folder;
    this.port = freePort();
    this.cluster = cluster;
    this.options = options;
    this.process = launch();
  }

  /** A server by itself. */
  public static RedisServer single(Path folder, String... options) throws IOException {
    return new RedisServer(program(), folder, false, List.of(options));
  }

  /** A cluster of one node, which has all slots. */
  public static RedisServer cluster(Path folder) throws IOException {
    List<String> options =
        List.of(
            "--cluster-enabled",
            "yes",
            "--cluster-config-file",
            folder.resolve("nodes.conf").toString(),
            "--cluster-port",
            String.valueOf(freePort()));
    return new RedisServer(program(), folder, true, options);
  }

  private static Path program() {
    Optional<Path> found =
        Stream.of("valkey-server", "redis-server")
            .flatMap(name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    String reason =
        "no redis-server or valkey-server is installed (Debian: apt-get install redis-server)";
    assertThat(System.getenv("MERO_REQUIRE_REDIS")).as(reason).isNull();
    System.out.println("skipped: " + reason);
    return abort(reason);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", folder.toString(), "--requirepass", PASSWORD));
    command.addAll(options);
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader log = started.inputReader();
    await(log, "Ready to accept connections");
    if (cluster && !Files.exists(folder.resolve("has-slots"))) {
      assertThat(command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")).isEqualTo(SET_UP);
      Files.createFile(folder.resolve("has-slots"));
    }
    if (cluster) {
      await(log, "Cluster state changed: ok");
    }
    Thread.ofVirtual().start(() -> drain(log));
    return started;
  }

  private static void await(BufferedReader log, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    String line = log.readLine();
    while (line != null && !line.contains(text)) {
      seen.append(line).append('\n');
      line = log.readLine();
    }
    assertThat(line).as("the server ended: %s", seen).isNotNull();
  }

  /** So that the server never waits for a reader. */
  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // The server was killed.
    }
  }

  /** What a client that knows nothing of the key server is answered to a command: one line. */
  public String command(String... words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String[] command : new String[][] {{"AUTH", PASSWORD}, words}) {
        StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
        for (String word : command) {
          text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(in.readLine()).isEqualTo("+OK");
      return in.readLine().substring(1);
    }
  }

  /** How to reach it with the right password. */
  public String url() {
    return url(PASSWORD);
  }

  /** The same with another password. */
  public String url(String password) {
    return "redis://:%s@127.0.0.1:%d".formatted(password, port);
  }

  /** Its port on the loopback address. */
  public int port() {
    return port;
  }

  /** Kills it at once; all that it remembered is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again where it was. */
  public void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }
}
