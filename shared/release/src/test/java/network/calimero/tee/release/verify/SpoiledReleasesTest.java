package network.calimero.tee.release.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every way to spoil a release is refused with the code of the table, and says what to do. */
class SpoiledReleasesTest {

  private static Map<String, String> expected() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    try (InputStream table =
        Objects.requireNonNull(
            SpoiledReleasesTest.class.getResourceAsStream("spoiled-releases.tsv"))) {
      new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line ->
              expected.put(
                  line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)));
    }
    return expected;
  }

  private static String code(String name, ReleaseReport.Outcome outcome) {
    return switch (outcome) {
      case ReleaseReport.Genuine _ -> "verified";
      case ReleaseReport.Refused(Refusal refusal) -> {
        assertThat(refusal.advice()).as(name).isNotBlank();
        assertThat(refusal.reason()).as(name).isNotBlank();
        yield refusal.code();
      }
      case ReleaseReport.Unknown unknown -> {
        assertThat(unknown.failure().code().advice()).as(name).isNotBlank();
        yield unknown.failure().code().text();
      }
    };
  }

  @Test
  void everyWayToSpoilAReleaseIsRefusedWithItsCode() throws Exception {
    Map<String, Spoiled> cases = new LinkedHashMap<>();
    cases.putAll(new SpoiledSignatures().all());
    cases.putAll(new SpoiledDocuments().all());
    cases.putAll(new SpoiledClusters().all());
    cases.putAll(new SpoiledServers().all());
    Map<String, String> expected = expected();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Spoiled> spoiled : cases.entrySet()) {
      ReleaseReport report = spoiled.getValue().verify();
      String code = code(spoiled.getKey(), report.outcome());
      if (!code.equals(expected.get(spoiled.getKey()))) {
        wrong.add(spoiled.getKey() + "\t" + code);
      }
    }
    System.out.printf(
        "spoiled releases refused as the table says: %d/%d%n",
        cases.size() - wrong.size(), cases.size());
    wrong.forEach(System.out::println);
    assertThat(wrong).isEmpty();
    assertThat(expected.keySet()).containsExactlyElementsOf(cases.keySet());
    assertThat(expected.values()).doesNotContain("verified");
  }
}
