package network.calimero.tee.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import network.calimero.tee.functions.outbound.OutboundFault;
import network.calimero.tee.functions.testkit.ErrorTable;
import org.junit.jupiter.api.Test;

class ErrorsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));

  @Test
  void everyRefusalOfAllFunctionsIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "All functions")).isEqualTo(rows(ApiProblem.values()));
  }

  @Test
  void everyFaultOfStrangersUrlsIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "URLs that strangers give, and what answers there"))
        .isEqualTo(rows(OutboundFault.values()));
  }

  private static List<String> rows(Problem... problems) {
    return Stream.of(problems)
        .map(problem -> ErrorTable.row(problem.code(), problem.status(), problem.advice()))
        .toList();
  }

  @Test
  void everyAdviceIsHalfASentence() {
    Stream.concat(Stream.of(ApiProblem.values()), Stream.of(OutboundFault.values()))
        .forEach(
            problem -> assertThat(problem.advice()).as(problem.code()).matches("(?s)[a-z].*[^.]"));
  }
}
