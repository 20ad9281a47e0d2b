package network.calimero.tee.functions.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import network.calimero.tee.functions.testkit.ErrorTable;
import network.calimero.tee.functions.verify.ita.TokenFault;
import org.junit.jupiter.api.Test;

class VerifyErrorsDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));

  @Test
  void everyRefusalOfTheVerifierIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "verify"))
        .isEqualTo(
            Arrays.stream(VerifyProblem.values())
                .map(p -> ErrorTable.row(p.code(), p.status(), p.advice()))
                .toList());
  }

  @Test
  void everyReasonOfACheckIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "verify: checks"))
        .isEqualTo(
            Arrays.stream(CheckCode.values())
                .map(code -> ErrorTable.row(code.text(), 200, code.advice()))
                .toList());
  }

  @Test
  void everyFaultOfATokenIsInTheDocument() throws IOException {
    assertThat(ErrorTable.rows(ROOT, "verify: tokens of Intel Trust Authority"))
        .isEqualTo(
            Arrays.stream(TokenFault.values())
                .map(fault -> ErrorTable.row(fault.code(), 200, fault.meaning()))
                .toList());
  }
}
