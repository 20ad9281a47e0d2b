package network.calimero.tee.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real attestation data beside the checkout; tests that need it are skipped without it. */
final class Corpus {
  private static final Path ROOT = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));

  private Corpus() {}

  /** A file of the corpus. Skips the calling test, saying why, where there is no corpus. */
  static Path path(String relative) {
    boolean there = Files.isRegularFile(ROOT.resolve("EXPECTED.json"));
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus at " + ROOT + " (set -Dmero.corpus=…): real quotes were not tried");
    }
    assumeTrue(there, "no corpus at " + ROOT);
    return ROOT.resolve(relative);
  }
}
