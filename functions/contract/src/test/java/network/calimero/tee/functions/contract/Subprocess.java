package network.calimero.tee.functions.contract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Another JVM, with its own environment, whose output is kept. */
final class Subprocess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Subprocess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Subprocess java(Path folder, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "output", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Subprocess(builder.start(), output);
  }

  static String classPath() {
    return String.join(File.pathSeparator, classPathEntries());
  }

  /** That of this process; of BouncyCastle the jar that is deployed, not the signed one as well. */
  static List<String> classPathEntries() {
    String all = System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator, -1))
        .filter(entry -> !all.contains("bcprov-unsigned") || !entry.contains("bcprov-jdk18on"))
        .toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Done when it has ended. */
  CompletableFuture<Process> ended() {
    return process.onExit();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
