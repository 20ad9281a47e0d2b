package network.calimero.tee.functions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import network.calimero.tee.functions.testkit.ErrorTable;
import org.junit.jupiter.api.Test;

class ErrorsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));

  @Test
  void everyRefusalIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "Release documents and policies"))
        .isEqualTo(
            Arrays.stream(PolicyProblem.values())
                .map(it -> ErrorTable.row(it.code(), it.status(), it.advice()))
                .toList());
  }
}
