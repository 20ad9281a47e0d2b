package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Sigstore's conformance suite. The committed table {@code conformance.txt} says of each case what
 * comes of it, and of those that this library cannot judge why.
 */
class ConformanceTest {
  /** What comes of a case, and why it must be so where that is not plain. */
  private record Said(String outcome, boolean cannotBeJudged) {}

  @Test
  void everyCaseEndsAsTheTableSays() throws IOException {
    List<ConformanceCase> cases = ConformanceCase.all();
    Map<String, String> expected = new LinkedHashMap<>();
    table().forEach((name, said) -> expected.put(name, said.outcome()));
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (ConformanceCase one : cases) {
      outcomes.put(one.name(), one.outcome());
    }
    long asSaid =
        outcomes.entrySet().stream()
            .filter(one -> one.getValue().equals(expected.get(one.getKey())))
            .count();
    System.out.printf("Sigstore conformance, bundle-verify: %d/%d%n", asSaid, cases.size());
    assertThat(outcomes).isEqualTo(expected);
  }

  @Test
  void whateverMustFailFailsAndAtMostFiveOthersCannotBeJudged() throws IOException {
    Map<String, Said> table = table();
    assertThat(table)
        .allSatisfy((name, said) -> {
          boolean accepted = said.outcome().equals("accepted");
          if (name.endsWith("_fail")) {
            assertThat(accepted || said.cannotBeJudged()).isFalse();
          } else {
            assertThat(accepted).isNotEqualTo(said.cannotBeJudged());
          }
        });
    assertThat(table.values().stream().filter(Said::cannotBeJudged)).hasSizeBetween(1, 5);
  }

  /** Lines of {@code case outcome} or {@code case outcome cannot be judged: why}. */
  private static Map<String, Said> table() throws IOException {
    Map<String, Said> table = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("conformance.txt"))) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" +", 3);
          boolean cannot = parts.length == 3 && parts[2].matches("cannot be judged: \\S.+");
          assertThat(parts.length == 2 || cannot).as(line).isTrue();
          table.put(parts[0], new Said(parts[1], cannot));
        }
      }
    }
    return table;
  }
}
