package network.calimero.tee.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a visitor runs it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DemoTest {
  @TempDir Path folder;

  @Test
  void nodesGetTheirKeysAndAttacksAreRefusedWithTheirReasons() throws Exception {
    Path addresses = folder.resolve("demo.json");
    Path temporary = Files.createDirectory(folder.resolve("t"));
    try (DemoProcess demo = DemoProcess.start(temporary, "--addresses", addresses.toString())) {
      int code = demo.awaitEnd();

      assertThat(code).as(demo.output()).isZero();
      assertThat(answers(demo.output()))
          .containsExactly(
              "genuine, and the one expected",
              "key",
              "key",
              "key",
              "invalid_challenge",
              "invalid_challenge",
              "peer_id_mismatch",
              "peer_id_mismatch",
              "peer_identity_mismatch",
              "attestation_verification_failed",
              "tcb_status_rejected",
              "attestation_verification_failed",
              "measurement_policy_rejected",
              "attestation_verification_failed",
              "mock_attestation_rejected",
              "refused by the node",
              "refused by the node");
      assertThat(demo.output())
          .contains("SIMULATED", "td_debug", "OutOfDate", "quote_signature_invalid")
          .contains("root_untrusted")
          .contains("genuine, 56 checks hold", "signature_other_workflow")
          .contains("signature_log_entry_of_other_artifact", "release_version_below_minimum")
          .contains("merod's configuration is generated from the release")
          .containsPattern("anybody verifies the KMS +passed")
          .containsPattern("anybody verifies a node +passed")
          .containsPattern("a node that registers is admitted +attested")
          .containsPattern("the verifier is sent to a cloud's metadata +refused")
          .endsWith("13 of 13 attacks refused\n")
          .doesNotContain("✗", "\u001b")
          .doesNotContainPattern("[0-9a-fA-F]{32}");
      assertThat(addresses).doesNotExist();
      assertThat(temporary).isEmptyDirectory();
    }
  }

  /** The column of answers in the rows after the start, keys without their fingerprints. */
  private static List<String> answers(String output) {
    return output
        .lines()
        .dropWhile(line -> !line.startsWith("Nodes"))
        .filter(line -> line.startsWith("  ✓ "))
        .map(line -> line.replaceAll("^.*?\\S {2,}(.*?) {2,}.*$", "$1"))
        .map(answer -> answer.replaceAll("^key [0-9a-f]{12}…$", "key"))
        .toList();
  }

  @Test
  void unknownOptionIsWrongUsage() throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder, "--kepp")) {
      assertThat(demo.awaitEnd()).isEqualTo(2);
      assertThat(demo.output()).contains("--kepp").contains("Usage: scripts/demo");
    }
  }
}
