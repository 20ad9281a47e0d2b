package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key server as a real process, configured by its environment alone. Its output goes to a file,
 * and tells where it listens.
 */
public final class KmsChild implements AutoCloseable {
  /** Starts sooner, and serves fewer: without the JVM's second compiler. */
  public static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(25);
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Path log;
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final CompletableFuture<Void> policyLoaded = new CompletableFuture<>();
  private final CompletableFuture<Void> outputRead = new CompletableFuture<>();

  private KmsChild(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * The command of the development program that believes a simulated root.
   *
   * @param jvmOptions options of its JVM, such as {@link #FIRST_COMPILER}
   */
  public static List<String> simulated(Path root, String... jvmOptions) {
    List<String> arguments = new ArrayList<>(List.of(jvmOptions));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of(SimulatedKms.class.getName(), "--root", root.toString()));
    arguments.add("--until-input-ends");
    return java(arguments);
  }

  /**
   * The same, believing releases that are signed under a simulated Sigstore.
   *
   * @param sigstoreRoot its {@code trusted_root.json}
   */
  public static List<String> simulated(Path root, Path sigstoreRoot, String... jvmOptions) {
    List<String> command = simulated(root, jvmOptions);
    command.addAll(List.of("--sigstore-root", sigstoreRoot.toString()));
    return command;
  }

  /** The command of a program in a jar, such as production's. */
  public static List<String> packaged(Path jar, String... jvmOptions) {
    List<String> arguments = new ArrayList<>(List.of(jvmOptions));
    arguments.addAll(List.of("-jar", jar.toString()));
    return java(arguments);
  }

  private static List<String> java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx256m");
    command.addAll(arguments);
    return command;
  }

  /**
   * Starts it, with that environment and no other.
   *
   * @param log where its output goes, a file that does not exist yet
   */
  public static KmsChild start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    KmsChild child = new KmsChild(builder.start(), log);
    Thread.ofVirtual().name("kms-output").start(child::readOutput);
    return child;
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(UTF_8);
        Writer copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        copy.flush();
        if (!address.isDone() || !policyLoaded.isDone()) {
          notice(line);
        }
      }
    } catch (IOException e) {
      address.completeExceptionally(e);
    } finally {
      address.completeExceptionally(new IOException("it ended without listening"));
      policyLoaded.completeExceptionally(new IOException("it ended without a policy"));
      outputRead.complete(null);
    }
  }

  private void notice(String line) {
    if (!line.startsWith("{")) {
      return;
    }
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (JacksonException e) {
      return; // cut by its end
    }
    switch (event.path("event").asString("")) {
      case "server.started" -> address.complete(URI.create(event.path("address").asString("")));
      case "policy.loaded" -> policyLoaded.complete(null);
      default -> {}
    }
  }

  /**
   * Waits until it answers.
   *
   * @return its address
   * @throws IOException with the end of its output, if it does not
   */
  public URI awaitHealth() throws IOException, InterruptedException {
    try {
      URI base = address.get(START.toSeconds(), TimeUnit.SECONDS);
      int status = health(base);
      if (status == 200) {
        return base;
      }
      throw new IOException("the KMS answers /health with " + status + lastLines());
    } catch (TimeoutException e) {
      throw new IOException("the KMS did not start in " + START.toSeconds() + " s" + lastLines());
    } catch (ExecutionException e) {
      throw new IOException("the KMS did not start" + lastLines(), e.getCause());
    }
  }

  /**
   * Waits until it has the policy of its release.
   *
   * @throws IOException with the end of its output, if it gets none
   */
  public void awaitPolicy() throws IOException, InterruptedException {
    try {
      policyLoaded.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "the KMS has no policy after " + START.toSeconds() + " s" + lastLines());
    } catch (ExecutionException e) {
      throw new IOException("the KMS got no policy" + lastLines(), e.getCause());
    }
  }

  private static int health(URI base) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(base.resolve("/health")).timeout(START).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    return last.isEmpty() ? "; it said nothing" : "; its last words:\n" + String.join("\n", last);
  }

  /** Its exit code once it has ended and all of its output is in the log. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenCombine(outputRead, (ended, read) -> ended.exitValue());
  }

  /** Its process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Where its output is. */
  public Path log() {
    return log;
  }

  /** Ends it as nothing can prevent, {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    ended().join();
  }

  /** Asks it to stop, as {@code kill} does, waits for that, and insists in the end. */
  @Override
  public void close() {
    process.destroy();
    try {
      ended().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "KMS process " + process.pid();
  }
}
