package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demonstration as a process, with temporary files where a test can look for leftovers. */
final class DemoProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final StringBuilder output = new StringBuilder();

  private DemoProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(UTF_8);
  }

  static DemoProcess start(Path temporary, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", KmsChild.FIRST_COMPILER)); // as scripts/demo does
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
    command.addAll(List.of(arguments));
    return new DemoProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Reads until a line contains that text. */
  void awaitLine(String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new IOException("it ended without \"" + text + "\":\n" + output);
  }

  /** Reads to the end, and gives the exit code. */
  int awaitEnd() throws IOException, InterruptedException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
    }
    return process.waitFor();
  }

  /** What was read so far. */
  String output() {
    return output.toString();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Its children go with it: their input ends. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
