package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that look at policies and verify nothing. */
class PolicyReviewTest {
  private static final String NAME = "kms-phala-attestation-policy.locked-read-only.json";

  @TempDir Path directory;
  private final String policy =
      new String(
          SimulatedRelease.builder("2.3.73", ReleaseGeneration.B)
              .tcbStatuses("uptodate", "outofdate")
              .build()
              .file(NAME),
          UTF_8);

  private Path policy(String folder, UnaryOperator<String> change) throws IOException {
    Path file = directory.resolve(folder).resolve(NAME);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, change.apply(policy));
  }

  @Test
  void lintNamesWeaknessesAndEndsByTheirSeverity() throws IOException {
    Path file = policy("a", text -> text);

    Cli.Result text = Cli.run("policy", "lint", file);
    assertThat(text.exit()).isZero();
    assertThat(text.err()).isEmpty();
    assertThat(text.firstLine()).isEqualTo("PASSED: 0 errors, 2 warnings, 2 notes in 1 document");
    assertThat(text.out())
        .contains(
            "(attestation policy, release 2.3.73)",
            "  WARNING  tcb_out_of_date: platforms with known",
            "at KMS, locked-read-only: outofdate",
            "What to do: take outofdate out");
    assertThat(Cli.run("policy", "lint", file, "--fail-on", "warning").exit()).isEqualTo(1);
    assertThat(Cli.run("policy", "lint", file, "--fail-on", "note").exit()).isEqualTo(1);
    assertThat(Cli.run("policy", "lint", file, "--fail-on", "never").exit()).isZero();
    assertThat(Cli.run("policy", "lint", file, "--fail-on", "fatal").exit()).isEqualTo(2);

    JsonNode json =
        Published.valid(
            "policy-lint",
            Cli.run("policy", "lint", file, "--json", "--fail-on", "warning").json());
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("policy_weak");
    assertThat(json.has("verified")).isFalse();
    assertThat(json.at("/counts/warning").intValue()).isEqualTo(2);
    assertThat(json.at("/documents/0/release").stringValue()).isEqualTo("2.3.73");
    assertThat(json.at("/documents/0/findings/0/code").stringValue()).isEqualTo("tcb_out_of_date");
  }

  @Test
  void lintHoldsTheDocumentsOfAReleaseAgainstEachOther() throws IOException {
    policy("release", text -> text);
    Files.writeString(
        directory.resolve("release/kms-phala-attestation-policy.debug.json"),
        policy.replace("\"locked-read-only\"", "\"debug\""));
    Files.writeString(directory.resolve("release/kms-phala-attestation-policy.json"), policy);
    Files.writeString(directory.resolve("release/kms-phala-release-manifest.json"), "{}");

    Cli.Result result = Cli.run("policy", "lint", directory.resolve("release"), "--json");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.json().path("documents")).hasSize(2);
    assertThat(
            StreamSupport.stream(result.json().path("documents").spliterator(), false)
                .flatMap(it -> StreamSupport.stream(it.path("findings").spliterator(), false))
                .map(finding -> finding.path("code").stringValue()))
        .contains("profiles_twin", "compose_hash_shared");
  }

  @Test
  void explainSaysWhomAPolicyLetsIn() throws IOException {
    Path file = policy("a", text -> text);

    Cli.Result result = Cli.run("policy", "explain", file);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains(
            "A node of profile locked-read-only takes for its KMS:",
            "A KMS gives keys of the cohort locked-read-only to:",
            "UpToDate (has every fix that Intel knows), or OutOfDate (lacks fixes",
            "whose compose file hashes to ",
            "What anyone could do within that:",
            "What nobody looks at:",
            "Note: It counts only with its signature");
    JsonNode json =
        Published.valid("policy-explanation", Cli.run("policy", "explain", file, "--json").json());
    assertThat(json.at("/documents/0/cohorts")).hasSize(2);
    assertThat(json.at("/documents/0/cohorts/0/must")).hasSize(8);
    assertThat(json.at("/documents/0/cohorts/1/role").stringValue()).isEqualTo("node");
  }

  @Test
  void explainSaysWhatIsOpenInAWeakPolicy() {
    Path old = Corpus.path("mero-tee/policies/mero-tee/2.1.25.json");
    assertThat(Cli.run("policy", "explain", old).out())
        .contains(
            "logs in by SSH and reads every key",
            "all zero: nothing was measured",
            "a program on such a machine may extend RTMR3");
    assertThat(
            Cli.run("policy", "explain", Corpus.path("mero-tee/compatibility-catalog.json")).out())
        .contains("leads to the policies of");
    assertThat(
            Cli.run("policy", "explain", Corpus.path("mero-tee/policies/kms-phala/2.1.25.json"))
                .out())
        .contains("takes other KMSs for nodes");
  }

  @Test
  void diffShowsEachRegisterThatChanges() throws IOException {
    Path before = policy("a", text -> text);
    String old =
        JsonMapper.shared().readTree(policy).at("/policy/kms_allowed_rtmr2/0").stringValue();
    String fresh = "0".repeat(95) + "1";
    Path after = policy("b", text -> text.replace(old, fresh));

    Cli.Result text = Cli.run("policy", "diff", before, after);
    assertThat(text.exit()).isZero();
    assertThat(text.firstLine()).isEqualTo("DIFFERENT: 1 of 2 cohorts change");
    assertThat(text.out())
        .contains("  RTMR2         - " + old + "\n                + " + fresh + "\n")
        .contains("  TCB           = 2 values", "node, locked-read-only (KMS policy): unchanged");
    assertThat(Cli.run("policy", "diff", before, after, "--exit-code").exit()).isEqualTo(1);

    Cli.Result same = Cli.run("policy", "diff", before, before, "--exit-code", "--json");
    assertThat(same.exit()).isZero();
    assertThat(Published.valid("policy-diff", same.json()).path("same").booleanValue()).isTrue();
    JsonNode json = Cli.run("policy", "diff", before, directory.resolve("b"), "--json").json();
    assertThat(json.path("same").booleanValue(true)).isFalse();
    assertThat(json.at("/cohorts/0/lists/4/added/0").stringValue()).isEqualTo(fresh);
    assertThat(json.at("/cohorts/0/lists/4/removed/0").stringValue()).isEqualTo(old);
  }

  @Test
  void diffTellsCohortsThatOneSideDoesNotHave() throws IOException {
    Path before = policy("a", text -> text);
    Path published = Corpus.path("mero-tee/policies/mero-tee/2.1.25.json");

    assertThat(Cli.run("policy", "diff", before, published).out())
        .contains(
            "KMS, locked-read-only (KMS policy): only before",
            "node, debug (node images): only after");
  }

  @Test
  void saysWhatIsNoPolicy() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path twice = Files.writeString(directory.resolve("twice.json"), "{\"a\":1,\"a\":2}");

    Cli.Result malformed = Cli.run("policy", "lint", twice, "--json");
    assertThat(malformed.exit()).isEqualTo(1);
    assertThat(malformed.json().at("/failure/code").stringValue()).isEqualTo("policy_malformed");
    Published.valid("policy-lint", malformed.json());
    assertThat(Cli.run("policy", "explain", empty).exit()).isEqualTo(2);
    assertThat(Cli.run("policy", "lint", directory.resolve("none")).err())
        .contains("there is no such file");
    assertThat(Cli.run("policy", "lint").exit()).isEqualTo(2);
    assertThat(Cli.runWithInput(policy.getBytes(UTF_8), "policy", "lint", "-").out())
        .contains("standard input (attestation policy");
  }
}
