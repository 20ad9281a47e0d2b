package network.calimero.tee.release.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.calimero.tee.release.Corpus;
import org.junit.jupiter.api.Test;

/** Every policy, index revision and catalogue of the past is read, and its weaknesses are told. */
class CorpusLintTest {

  /** Each line: path, form, then severity and code of each kind of finding with how often. */
  private static Map<String, String> expected() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    try (InputStream table =
        Objects.requireNonNull(CorpusLintTest.class.getResourceAsStream("corpus-findings.tsv"))) {
      new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> expected.put(line.substring(0, line.indexOf('\t')), line));
    }
    return expected;
  }

  private static String line(String file) throws Exception {
    PolicyFile policy = PolicyFile.read(file, Corpus.bytes(file));
    String findings =
        PolicyLint.lint(List.of(policy)).findings().stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.severity().text() + " " + finding.code().text(),
                    TreeMap::new,
                    Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return String.join("\t", file, policy.form().words(), findings);
  }

  @Test
  void findingsOfEveryFileAreThoseOfTheTable() throws Exception {
    List<String> files = Corpus.policies();
    Map<String, String> expected = expected();
    List<String> wrong = new ArrayList<>();
    for (String file : files) {
      String line = line(file);
      if (!line.equals(expected.get(file))) {
        wrong.add(line);
      }
    }
    System.out.printf(
        "policies of past releases as the table says: %d/%d%n",
        files.size() - wrong.size(), files.size());
    assertThat(wrong).isEmpty();
    assertThat(expected.keySet()).containsExactlyElementsOf(files);
    assertThat(files).hasSizeGreaterThan(100);
  }
}
