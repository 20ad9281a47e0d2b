package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code mero-tee} for the scripts that call it: a program that hands its arguments and variables
 * to this process, where the command runs, and then says and ends as the command did. One call at a
 * time. Saves starting a JVM for each.
 */
final class HandedOver implements AutoCloseable {
  private final Path folder;
  private final ServerSocket calls;

  /** Writes the program into that folder, which it creates. */
  HandedOver(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.calls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Files.writeString(
        program(),
        """
        #!/bin/bash
        cd '%s'
        printf '%%s\\0' "$@" >arguments
        env -0 >environment
        exec 3<>/dev/tcp/127.0.0.1/%d
        read -r code <&3
        cat out
        cat err >&2
        exit "$code"
        """
            .formatted(folder, calls.getLocalPort()));
    Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwx------"));
    Thread.ofVirtual().start(this::answer);
  }

  /** What the scripts' variable {@code MERO_TEE} names. */
  Path program() {
    return folder.resolve("mero-tee");
  }

  private void answer() {
    while (!calls.isClosed()) {
      try (Socket call = calls.accept()) {
        call.getOutputStream().write((run() + "\n").getBytes(UTF_8));
      } catch (IOException e) {
        // Closed, or the caller was ended: what it says then is what the test looks at.
      }
    }
  }

  private int run() throws IOException {
    Map<String, String> environment =
        records("environment").stream()
            .map(variable -> variable.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    try {
      Cli.Result result = Cli.runIn(environment, records("arguments").toArray());
      Files.writeString(folder.resolve("out"), result.out());
      Files.writeString(folder.resolve("err"), result.err());
      return result.exit();
    } catch (RuntimeException | AssertionError e) {
      Files.writeString(folder.resolve("out"), "in the test's process: " + e);
      Files.writeString(folder.resolve("err"), "");
      return 70;
    }
  }

  private List<String> records(String file) throws IOException {
    String all = Files.readString(folder.resolve(file));
    return all.isEmpty()
        ? List.of()
        : Arrays.asList(all.substring(0, all.length() - 1).split("\0", -1));
  }

  @Override
  public void close() throws IOException {
    calls.close();
  }
}
