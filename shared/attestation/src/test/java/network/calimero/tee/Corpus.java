package network.calimero.tee;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.calimero.tee.bytes.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real attestation data beside the checkout; tests that need it are skipped where it is absent.
 */
public final class Corpus {
  private static final Path ROOT = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));

  private Corpus() {}

  /** A file of the corpus. Skips the calling test, saying why, where there is no corpus. */
  public static Path path(String relative) {
    boolean there = Files.isRegularFile(ROOT.resolve("EXPECTED.json"));
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus at " + ROOT + " (set -Dmero.corpus=…): real quotes were not tried");
    }
    assumeTrue(there, "no corpus at " + ROOT);
    return ROOT.resolve(relative);
  }

  public static Bytes bytes(String relative) {
    try {
      return Bytes.of(Files.readAllBytes(path(relative)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String path) {
    return JsonMapper.shared().readTree(bytes(path).toArray());
  }
}
