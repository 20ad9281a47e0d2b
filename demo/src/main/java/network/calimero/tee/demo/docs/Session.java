package network.calimero.tee.demo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import network.calimero.tee.cli.Console;
import network.calimero.tee.cli.MeroTee;

/** Commands run in a folder of their own, and shown as in a terminal. Closing it removes it. */
final class Session implements AutoCloseable {
  /** The time that it is for all commands. */
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

  private final Path folder;

  Session() throws IOException {
    folder = Files.createTempDirectory("mero-tee-docs");
  }

  /** A file or folder there, to be written. */
  Path path(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent() == null ? folder : path.getParent());
    return path;
  }

  /** What a command prints on both streams, and how it ends if that is not 0. */
  String run(String command) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintWriter writer = Console.writer(output);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            writer,
            writer,
            InstantSource.fixed(NOW),
            Map.of("PATH", folder.resolve("bin").toString()));
    int exit = MeroTee.run(console, arguments(command));
    String text = output.toString(UTF_8).replace(folder + "/", "");
    String end = exit == 0 ? "" : "(ends in %d)\n".formatted(exit);
    return "```\n$ mero-tee %s\n%s%s```\n".formatted(command, text, end);
  }

  /** Words that name something in the folder become its path. */
  private String[] arguments(String command) {
    return Arrays.stream(command.split(" "))
        .map(word -> Files.exists(folder.resolve(word)) ? folder.resolve(word).toString() : word)
        .toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
