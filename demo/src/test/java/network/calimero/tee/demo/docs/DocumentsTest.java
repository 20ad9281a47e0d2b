package network.calimero.tee.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root", ".."));
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @Test
  void documentsSayWhatTheCodeDoes() throws IOException {
    for (Map.Entry<String, String> document : Documents.all().entrySet()) {
      Path file = ROOT.resolve("docs").resolve(document.getKey());

      assertThat(file)
          .as("%s differs from the code: run scripts/docs", file)
          .exists()
          .hasContent(document.getValue());
    }
  }

  @Test
  void whoPlaysTheNodeReadsEveryStepOfOne() throws IOException {
    assertThat(ROOT.resolve("docs/play-the-node.md")).content().contains(NodeSteps.table());
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    Set<String> broken = new TreeSet<>();
    int links = 0;
    for (Path file : documents()) {
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        links++;
        if (!Files.exists(file.resolveSibling(link.group(1)))) {
          broken.add(ROOT.relativize(file) + " → " + link.group(1));
        }
      }
    }
    assertThat(links).isPositive();
    assertThat(broken).isEmpty();
  }

  private static Iterable<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
