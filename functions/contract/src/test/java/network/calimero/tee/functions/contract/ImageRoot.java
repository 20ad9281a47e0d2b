package network.calimero.tee.functions.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a container image of the verifier has in its folder, put together by the scripts that put it
 * there, on this machine: with its cache of classes, and started by its own entry point.
 */
record ImageRoot(Path folder) {
  private static final String SCRIPTS = "functions/aws/container/";
  private static final int PATIENCE_SECONDS = 300;

  /**
   * As the Containerfile's steps do it.
   *
   * @param kind {@code plain} or {@code spring}
   */
  static ImageRoot of(String kind, Path into) throws Exception {
    Path folder = into.resolve("image-" + kind);
    Path project = Path.of(System.getProperty("mero.root", ".")).toAbsolutePath();
    run(project, List.of(project + "/" + SCRIPTS + "assemble", kind, "verify", folder.toString()));
    run(project, List.of(folder.resolve("record").toString(), "verify"));
    return new ImageRoot(folder);
  }

  private static void run(Path folder, List<String> command) throws Exception {
    Path output = Files.createTempFile("image", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command + ":\n" + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  /** What starts it. */
  List<String> command() {
    return List.of(folder.resolve("start").toString(), "verify");
  }

  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
      return files.sorted().toList();
    }
  }

  /** Takes the cache away. */
  void dropCache() throws IOException {
    Files.delete(folder.resolve("cache/classes.aot"));
  }

  /** Adds something to a jar that changes nothing but the jar. */
  void changeAJar() throws IOException {
    Path jar =
        jars().stream()
            .filter(file -> file.getFileName().toString().contains("functions-verify"))
            .findFirst()
            .orElseThrow();
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.write(zip.getPath("another-build"), "now".getBytes(StandardCharsets.UTF_8));
    }
  }
}
