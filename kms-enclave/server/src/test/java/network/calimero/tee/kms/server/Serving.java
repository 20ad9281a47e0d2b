package network.calimero.tee.kms.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a process that serves, killed at the end if it still does. */
final class Serving implements AutoCloseable {
  /** A test that waits for the end of one that has none must fail, not wait for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  final Process process;
  final URI address;
  private final BufferedReader lines;

  Serving(Class<?> main, Map<String, String> environment, String... args) throws IOException {
    process = start(main, environment, args);
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    address = URI.create(awaitEvent("server.started").get("address").stringValue());
  }

  /** What it writes until it ends, and what it complained of. */
  String rest() throws IOException {
    StringWriter rest = new StringWriter();
    lines.transferTo(rest);
    process.errorReader().transferTo(rest);
    return rest.toString();
  }

  JsonNode awaitEvent(String name) throws IOException {
    String line = lines.readLine();
    while (line != null) {
      JsonNode event = JsonMapper.shared().readTree(line);
      if (event.get("event").stringValue().equals(name)) {
        return event;
      }
      line = lines.readLine();
    }
    throw new IOException(
        "ended without "
            + name
            + ": "
            + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  static Process start(Class<?> main, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    return process;
  }
}
