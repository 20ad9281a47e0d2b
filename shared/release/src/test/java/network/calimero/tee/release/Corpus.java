package network.calimero.tee.release;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;

/** What was published of past releases; tests that need it are skipped where it is absent. */
public final class Corpus {
  private static final Path ROOT = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));
  private static final String OTHERS = "versions\\.json|.*\\.bundle\\.json";

  private Corpus() {}

  /** The folder of past releases. Skips the calling test, saying why, where there is no corpus. */
  public static Path releases() {
    boolean there = Files.isRegularFile(ROOT.resolve("EXPECTED.json"));
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus at " + ROOT + " (set -Dmero.corpus=…): no real policy was read");
    }
    assumeTrue(there, "no corpus at " + ROOT);
    return ROOT.resolve("mero-tee");
  }

  /** Every policy, index and catalogue there, by its path in that folder, in order. */
  public static List<String> policies() throws IOException {
    Path root = releases();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".json") && !file.matches(OTHERS))
          .sorted()
          .toList();
    }
  }

  /** What one of them holds. */
  public static Bytes bytes(String file) throws IOException {
    return Bytes.of(Files.readAllBytes(releases().resolve(file)));
  }
}
