package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.release.config.Merod;

/** merod as a process of its own; what it prints goes on to standard error. */
final class MerodProgram implements Merod {
  private final Path program;
  private final Console console;

  private MerodProgram(Path program, Console console) {
    this.program = program;
    this.console = console;
  }

  /**
   * The program of that name.
   *
   * @param name a path, or a name to look for in the folders of {@code PATH}
   * @throws FailureException if there is none
   */
  static MerodProgram find(String name, Console console) throws FailureException {
    List<Path> places = new ArrayList<>();
    if (name.contains(File.separator)) {
      places.add(Path.of(name));
    } else {
      String path = console.environment().getOrDefault("PATH", "");
      for (String folder : path.split(File.pathSeparator, -1)) {
        places.add(Path.of(folder, name));
      }
    }
    for (Path place : places) {
      if (Files.isRegularFile(place) && Files.isExecutable(place)) {
        return new MerodProgram(place.toAbsolutePath(), console);
      }
    }
    throw FailureException.input(
        "%s is required".formatted(name), "install it, or name it with --merod PROGRAM");
  }

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (Reader output = new InputStreamReader(process.getInputStream(), UTF_8)) {
      output.transferTo(console.err());
    }
    console.flush();
    return process.waitFor();
  }
}
