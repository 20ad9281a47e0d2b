package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Documents what a key server answers to each {@link Fault}. With property {@value #UPDATE} the
 * document is written instead of compared; {@code scripts/docs} sets it.
 */
class RefusalsDocumentTest {
  private static final String UPDATE = "mero.docs.update";
  private static final Path DOCUMENT =
      Path.of(System.getProperty("mero.root", "../.."), "docs", "refusals.md");

  @Test
  void documentSaysWhatIsAnswered() throws IOException {
    String text = text();
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(DOCUMENT, text);
    }

    assertThat(DOCUMENT)
        .as("%s differs from what is answered: run scripts/docs", DOCUMENT)
        .hasContent(text);
  }

  private static String text() throws IOException {
    try (RefusalSite site = RefusalSite.open()) {
      return Arrays.stream(Fault.values())
          .map(fault -> row(fault, Fault.post(site, fault)))
          .collect(Collectors.joining("\n", HEAD, "\n"));
    }
  }

  private static final String HEAD =
      """
      # Refusals of POST /get-key

      <!-- Written by scripts/docs from the tests: do not edit. -->

      What a request is refused with that is right in everything but one thing, as a running KMS answered it. Of two faults the one that stands first is told; a test sends every pair. The steps are those of the protocol's order of checks: 0 HTTP, 1 shapes, 2 policy, 3 quote and key to seal to, 4 challenge, 5 peer, 6 quote, 7 policy's verdict and use of the challenge, 8 key. What each error asks of a node's operator is in [errors](errors.md).

      | step | what is wrong | status | error | the details say |
      | --- | --- | --- | --- | --- |
      """;

  private static String row(Fault fault, KmsHttp.Answer answer) {
    assertThat(answer.details()).contains(fault.details);
    return "| %d | %s | %d | `%s` | … %s … |"
        .formatted(
            fault.step, fault.text(), answer.status(), answer.outcome(), fault.details.strip());
  }
}
