package network.calimero.tee.quote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real quotes, where there are any; tests that need them are skipped, saying so, elsewhere. */
final class QuoteCorpus {
  private QuoteCorpus() {}

  static Path path(String relative) {
    Path root = Path.of(System.getProperty("mero.corpus", "absent"));
    boolean there = Files.isDirectory(root);
    if (!there) {
      System.out.println("Skipped: no corpus of real quotes (system property mero.corpus)");
    }
    assumeTrue(there, "no corpus of real quotes");
    return root.resolve(relative);
  }

  static JsonNode json(String relative) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(path(relative)));
  }

  static byte[] bytes(String relative) throws IOException {
    return Files.readAllBytes(path(relative));
  }
}
