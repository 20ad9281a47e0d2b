package network.calimero.tee.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The npm peer, run by node on the same quote in the same run. */
final class Peer {
  /** Mean microseconds of one verification from bytes. */
  record Result(double micros, String status) {}

  private final Path script;
  private final Sample sample;

  Peer(Path script, Sample sample) {
    this.script = script;
    this.sample = sample;
  }

  /** Empty, with the reason on standard error, where node or the package is missing. */
  Optional<Result> measure(int warmupMillis, int measureMillis)
      throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(
                List.of(
                    "node",
                    script.toString(),
                    sample.quote().toString(),
                    sample.bundle().toString(),
                    Long.toString(sample.now().getEpochSecond()),
                    Integer.toString(warmupMillis),
                    Integer.toString(measureMillis)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (node.waitFor() != 0) {
      System.err.println(
          "the npm peer was not measured (node exited with " + node.exitValue() + ")");
      return Optional.empty();
    }
    JsonNode json = JsonMapper.shared().readTree(answer);
    return Optional.of(
        new Result(json.get("micros").doubleValue(), json.get("status").stringValue()));
  }
}
