package network.calimero.tee.functions.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.bytes.Sha256;

/**
 * A way to deploy the verifier, started once for each measurement behind a Runtime API on this
 * machine.
 *
 * @param jars empty for what is no Java
 * @param program what comes after the class path, or the whole command
 * @param cache arguments that make the JVM write or use a cache of classes
 * @param jarsThen the hash of all jars when the cache was made
 */
record ColdTarget(
    String name,
    Path folder,
    List<Path> jars,
    List<String> program,
    Map<String, String> variables,
    List<String> cache,
    String jarsThen) {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String INVOKER =
      "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx160m",
          "--enable-native-access=ALL-UNNAMED");
  private static final int PATIENCE_SECONDS = 60;

  /** One start: until the first answer, and the most memory that was resident until then. */
  record Start(Duration time, long kilobytes) {}

  /** A zip on the managed runtime. */
  static ColdTarget plain(Path folder, List<Path> jars) throws IOException {
    String handler = LambdaTarget.handler("verify");
    return java("plain Java", folder, jars, handler, Map.of());
  }

  /** spring-cloud-function, as a container image has it. */
  static ColdTarget spring(Path folder, List<Path> jars) throws IOException {
    Map<String, String> variables =
        Map.of(
            "MAIN_CLASS",
            "network.calimero.tee.functions.spring.ProductionBeans",
            "SPRING_CLOUD_FUNCTION_DEFINITION",
            "verify");
    return java("spring-cloud-function", folder, jars, INVOKER, variables);
  }

  private static ColdTarget java(
      String name, Path folder, List<Path> jars, String handler, Map<String, String> variables)
      throws IOException {
    Map<String, String> all = new HashMap<>(variables);
    all.put("_HANDLER", handler);
    return new ColdTarget(
        name,
        folder,
        jars,
        List.of(NativeClient.argument(folder), CLIENT, handler),
        all,
        List.of(),
        hash(jars));
  }

  /** A handler of Node that speaks to the same Runtime API. */
  static ColdTarget node(Path folder, Path script) throws IOException {
    List<String> command = List.of("node", script.toString());
    return new ColdTarget(
        "Node, minimal", folder, List.of(), command, Map.of(), List.of(), hash(List.of()));
  }

  /**
   * The same with a cache of its classes, which is made here and now in a run that is not measured:
   * the JVM does not notice when a jar is another one than that of the cache.
   */
  ColdTarget withCache() throws Exception {
    Path file = Files.createTempDirectory(folder, "cache").resolve("classes.aot");
    cached(name, List.of("-XX:AOTCacheOutput=" + file)).start();
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "no cache was made for %s:%n%s".formatted(name, Files.readString(output())));
    }
    return cached(name + ", AOT cache", List.of("-XX:AOTCache=" + file, "-XX:AOTMode=on"));
  }

  private ColdTarget cached(String newName, List<String> arguments) {
    return new ColdTarget(newName, folder, jars, program, variables, arguments, jarsThen);
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
    if (!hash(jars).equals(jarsThen)) {
      throw new IllegalStateException("the jars are others than those of the cache");
    }
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
    List<String> command = new ArrayList<>();
    if (!jars.isEmpty()) {
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(FLAGS);
      command.addAll(cache);
      command.add("-cp");
      command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
    }
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output().toFile());
    return builder.start();
  }

  private Path output() {
    return folder.resolve("output.log");
  }

  private static String hash(List<Path> jars) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    for (Path jar : jars) {
      digest.update(Files.readAllBytes(jar));
    }
    return HexFormat.of().formatHex(digest.digest());
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
