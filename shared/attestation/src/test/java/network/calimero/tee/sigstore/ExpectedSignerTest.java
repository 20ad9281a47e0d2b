package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedSignerTest {
  private static final String ISSUER = "https://issuer.example";

  @ParameterizedTest
  @CsvSource({
    "0, issuer",
    "1, identity",
    "2, trigger",
    "3, workflow name",
    "4, repository",
    "5, repository ID",
    "6, ref",
  })
  void whatIsExpectedIsNeverBlank(int blank, String name) {
    String[] texts = {"a", "b", "c", "d", "e", "f", "g"};
    texts[blank] = " ";

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ExpectedSigner(
                texts[0],
                texts[1],
                Optional.of(texts[2]),
                texts[3],
                texts[4],
                Optional.of(texts[5]),
                texts[6]))
        .withMessage("the expected " + name + " is blank");
  }

  @Test
  void identityOfAWorkflowSaysRepositoryAndRef() {
    String identity = "https://github.com/a-1/b.c/.github/workflows/d_e.yaml@refs/heads/f/g";

    assertThat(
            ExpectedSigner.ofGitHub(
                ISSUER, identity, Optional.of("push"), "A name", Optional.of("7")))
        .isEqualTo(
            new ExpectedSigner(
                ISSUER,
                identity,
                Optional.of("push"),
                "A name",
                "a-1/b.c",
                Optional.of("7"),
                "refs/heads/f/g"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://github.com/a/b/.github/workflows/c.yaml",
        "https://github.com/a/b/.github/workflows/c.yaml@main",
        "https://github.com/a/b/.github/workflows/c.yaml@refs/heads/",
        "https://github.com/a/b/.github/workflows/c/d.yaml@refs/heads/e",
        "https://github.com/a/b/c/.github/workflows/d.yaml@refs/heads/e",
        "https://github.com/a/.github/workflows/d.yaml@refs/heads/e",
        "https://github.com.example/a/b/.github/workflows/c.yaml@refs/heads/d",
        "https://githubxcom/a/b/.github/workflows/c.yaml@refs/heads/d",
        "http://github.com/a/b/.github/workflows/c.yaml@refs/heads/d",
        " https://github.com/a/b/.github/workflows/c.yaml@refs/heads/d",
        "https://github.com/a/b/.github/workflows/c.yaml@refs/heads/d\n",
        "https://github.com/.*/b/.github/workflows/c.yaml@refs/heads/d",
      })
  void otherIdentitiesAreNoWorkflows(String identity) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            ExpectedSigner.ofGitHub(ISSUER, identity, Optional.empty(), "A name", Optional.empty()))
        .withMessageContaining("/.github/workflows/FILE@REF");
  }
}
