package network.calimero.tee.demo.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds processes to cores, where the system can do that. */
final class Cores {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private Cores() {}

  static boolean canHold() {
    return Files.isExecutable(TASKSET);
  }

  /**
   * That command on those cores only, in taskset's own words; as it is where nothing can do that.
   */
  static List<String> on(String cores, List<String> command) {
    List<String> held = new ArrayList<>();
    if (canHold()) {
      held.addAll(List.of(TASKSET.toString(), "--cpu-list", cores));
    }
    held.addAll(command);
    return held;
  }

  /** All threads of this process, and those that they start. */
  static void holdThisProcess(String cores) throws IOException, InterruptedException {
    new ProcessBuilder(
            TASKSET.toString(),
            "--all-tasks",
            "--cpu-list",
            "--pid",
            cores,
            String.valueOf(ProcessHandle.current().pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
