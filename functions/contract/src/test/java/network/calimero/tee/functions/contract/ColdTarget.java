package network.calimero.tee.functions.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A way to deploy the verifier, started once for each measurement behind a Runtime API on this
 * machine.
 *
 * @param jars empty for what is no Java; told for their size
 * @param command what starts it
 */
record ColdTarget(
    String name,
    Path folder,
    List<Path> jars,
    List<String> command,
    Map<String, String> variables) {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx160m",
          "--enable-native-access=ALL-UNNAMED");
  private static final String UNUSED = "cache.unused";
  private static final int PATIENCE_SECONDS = 60;

  /** One start: until the first answer, and the most memory that was resident until then. */
  record Start(Duration time, long kilobytes) {}

  /** A zip on the managed runtime. */
  static ColdTarget zip(Path folder, List<Path> jars) throws IOException {
    String handler = LambdaTarget.handler("verify");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
    command.addAll(List.of(NativeClient.argument(folder), LambdaTarget.CLIENT, handler));
    return new ColdTarget("plain Java, zip", folder, jars, command, Map.of("_HANDLER", handler));
  }

  /** A container image from its unpacked root, in 256 MB. */
  static ColdTarget image(String name, Path folder, ImageRoot root) throws IOException {
    Map<String, String> variables =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"), "JAVA_TOOL_OPTIONS", "-XX:MaxRAM=256m");
    return new ColdTarget(name, folder, root.jars(), root.command(), variables);
  }

  /** A handler of Node that speaks to the same Runtime API. */
  static ColdTarget node(Path folder, Path script) {
    return new ColdTarget(
        "Node, minimal", folder, List.of(), List.of("node", script.toString()), Map.of());
  }

  /** Whether its last start said that it does not use its cache. */
  boolean leftItsCache() throws IOException {
    return Files.readString(output()).contains(UNUSED);
  }

  /** Megabytes of the jars. */
  String size() throws IOException {
    long size = 0;
    for (Path jar : jars) {
      size += Files.size(jar);
    }
    return jars.isEmpty() ? "" : "%.1f".formatted(size / 1e6);
  }

  /** Starts it and waits for its first answer. */
  Start start() throws Exception {
    byte[] event = FunctionUrlFront.event(ColdQuestion.ask());
    try (RuntimeApi api = new RuntimeApi()) {
      Map<String, String> environment = new HashMap<>(variables);
      environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
      environment.put("LAMBDA_TASK_ROOT", folder.toString());
      environment.put("AWS_REGION", "eu-west-1");
      environment.put("AWS_LAMBDA_FUNCTION_NAME", "verify");
      environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
      environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
      environment.put("RELEASES_URL", "http://127.0.0.1:1");
      environment.put("PCS_URLS", "http://127.0.0.1:1");
      long start = System.nanoTime();
      Process process = launch(environment);
      try {
        byte[] response = api.invoke(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        ColdQuestion.require(FunctionUrlFront.reply(response));
        return new Start(time, resident(process));
      } finally {
        end(process);
      }
    }
  }

  private Process launch(Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output().toFile());
    return builder.start();
  }

  private Path output() {
    return folder.resolve("output.log");
  }

  /** As Linux says; 0 elsewhere. */
  private static long resident(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0L);
  }

  /** In order, since a cache is written at the end. */
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
