package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.Refusal;
import network.calimero.tee.release.verify.ReleaseReport;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static ReleaseReport.Outcome refused(String code) {
    return new ReleaseReport.Refused(new Refusal(code, "a", "reason", "", "", "advice"));
  }

  private static ReleaseReport.Outcome unknown(SourceException.Code code) {
    return new ReleaseReport.Unknown(new SourceException(code, "reason"));
  }

  /** How often it tries, given what each try would answer. */
  private static int tries(int allowed, ReleaseReport.Outcome... answers) {
    Deque<ReleaseReport.Outcome> left = new ArrayDeque<>(List.of(answers));
    AtomicInteger pauses = new AtomicInteger();
    new Patience(allowed, pauses::incrementAndGet)
        .until(() ->
            new ReleaseReport(
                new ReleaseVersion(2, 3, 40), "a/b", Set.of(), List.of(), left.removeFirst()));
    assertThat(pauses.get()).isEqualTo(answers.length - left.size() - 1);
    return answers.length - left.size();
  }

  @Test
  void triesAgainWhileFilesAreMissingOrServersFail() {
    assertThat(
            tries(
                10,
                refused("release_asset_missing"),
                refused("release_signature_missing"),
                unknown(SourceException.Code.STATUS),
                unknown(SourceException.Code.UNREACHABLE),
                unknown(SourceException.Code.TIMEOUT),
                refused("release_commit_mismatch"),
                refused("never asked for")))
        .isEqualTo(6);
  }

  @Test
  void whatTimeDoesNotMendIsNotTriedAgain() {
    assertThat(tries(10, refused("signature_other_workflow"), refused("x"))).isEqualTo(1);
    assertThat(tries(10, unknown(SourceException.Code.UNWRITABLE), refused("x"))).isEqualTo(1);
  }

  @Test
  void endsWithItsLastTry() {
    ReleaseReport.Outcome missing = refused("release_asset_missing");
    assertThat(tries(2, missing, missing, missing)).isEqualTo(2);
    assertThat(Patience.upTo(0).tries()).isEqualTo(1);
    assertThat(Patience.upTo(54).tries()).isEqualTo(10);
  }
}
