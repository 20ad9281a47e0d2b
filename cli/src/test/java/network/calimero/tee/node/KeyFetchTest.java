package network.calimero.tee.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.node.Check.Outcome;
import network.calimero.tee.node.FetchedKey.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step of a node, made to fail over a real connection. */
class KeyFetchTest {
  private static final List<String> WHOLE_WAY = List.of("/attest", "/challenge", "/get-key");

  @Test
  void givesTheKeyWhenEveryStepHasPassed() throws IOException {
    try (NodeScene scene = new NodeScene();
        FetchedKey fetched = scene.fetch()) {
      assertThat(fetched.checks()).extracting(Check::step).containsExactly(NodeStep.values());
      assertThat(fetched.checks()).extracting(Check::outcome).containsOnly(Outcome.PASSED);
      assertThat(fetched.stop()).isEmpty();
      assertThat(fetched.key().orElseThrow().hexText())
          .asString()
          .isEqualTo(StubKms.keyOf(scene.peerId()));
      assertThat(scene.kms().requests()).isEqualTo(WHOLE_WAY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesTheStepThatFailsAndGoesNoFurther(NodeStep step) throws IOException {
    try (NodeScene scene = new NodeScene().breaking(step);
        FetchedKey fetched = scene.fetch()) {
      assertThat(fetched.key()).isEmpty();
      assertThat(fetched.stop()).map(Check::step).contains(step);
      assertThat(fetched.checks()).extracting(Check::step).containsExactly(NodeStep.values());
      for (Check check : fetched.checks()) {
        assertThat(check.outcome()).as("%s", check).isIn(expected(check.step(), step));
      }
      assertThat(scene.kms().requests()).isEqualTo(WHOLE_WAY.subList(0, requests(step)));
    }
  }

  private static List<Outcome> expected(NodeStep step, NodeStep broken) {
    if (step == broken) {
      return List.of(Outcome.FAILED, Outcome.UNDECIDED);
    }
    boolean judgedTogether = isAppraisal(step) && isAppraisal(broken);
    boolean earlier = step.compareTo(broken) < 0;
    return List.of(earlier || judgedTogether ? Outcome.PASSED : Outcome.NOT_REACHED);
  }

  private static boolean isAppraisal(NodeStep step) {
    return step.compareTo(NodeStep.STATUS) >= 0 && step.compareTo(NodeStep.FINGERPRINT) <= 0;
  }

  private static int requests(NodeStep step) {
    return switch (step) {
      case REACHED -> 0;
      case CHALLENGE, OWN_QUOTE -> 2;
      case RELEASED, OPENED, KEY -> 3;
      default -> 1;
    };
  }

  static Stream<List<NodeStep>> pairs() {
    List<List<NodeStep>> pairs = new ArrayList<>();
    for (NodeStep first : NodeStep.values()) {
      NodeStep.all().stream()
          .filter(later -> later.compareTo(first) > 0)
          .forEach(later -> pairs.add(List.of(first, later)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void ofTwoStepsThatFailTheEarlierIsNamed(List<NodeStep> pair) throws IOException {
    try (NodeScene scene = new NodeScene().breaking(pair.getLast()).breaking(pair.getFirst());
        FetchedKey fetched = scene.fetch()) {
      assertThat(fetched.key()).isEmpty();
      assertThat(fetched.stop()).map(Check::step).contains(pair.getFirst());
    }
  }

  @Test
  void whatIsNotExpectedIsNotJudgedAndSaidSo() throws IOException {
    try (NodeScene scene = new NodeScene().expecting(Expectations.ANY_PROGRAM);
        FetchedKey fetched = scene.fetch()) {
      assertThat(fetched.key()).isPresent();
      assertThat(fetched.checks())
          .filteredOn(check -> check.outcome() == Outcome.NOT_JUDGED)
          .extracting(Check::step)
          .containsExactly(
              NodeStep.MRTD,
              NodeStep.RTMR0,
              NodeStep.RTMR1,
              NodeStep.RTMR2,
              NodeStep.RTMR3,
              NodeStep.APP,
              NodeStep.FINGERPRINT);
    }
  }

  @Test
  void anEventLogThatDoesNotReplayProvesNoComposeHash() throws IOException {
    try (NodeScene scene = new NodeScene().withAnotherLog();
        FetchedKey fetched = scene.fetch()) {
      assertThat(fetched.stop()).map(Check::step).contains(NodeStep.APP);
      assertThat(fetched.key()).isEmpty();
    }
  }

  @Test
  void aPlainKeyIsNeverOpened() throws IOException {
    try (NodeScene scene = new NodeScene();
        FetchedKey plain = scene.fetchPlain();
        FetchedKey unchecked = scene.fetchUnchecked()) {
      assertThat(plain.key()).isPresent();
      assertThat(unchecked.key()).isPresent();
      assertThat(plain.checks().get(NodeStep.OPENED.number() - 1).outcome())
          .isEqualTo(Outcome.NOT_JUDGED);
      assertThat(unchecked.checks().subList(0, NodeStep.ofKms().size()))
          .extracting(Check::outcome)
          .containsOnly(Outcome.NOT_JUDGED);
      assertThat(unchecked.kms()).isEmpty();
    }
    try (NodeScene scene = new NodeScene().breaking(NodeStep.RTMR2);
        FetchedKey refused = scene.fetchPlain()) {
      assertThat(refused.result()).isInstanceOf(Result.KmsNotAccepted.class);
      assertThat(scene.kms().requests()).containsExactly("/attest");
    }
    try (NodeScene scene = new NodeScene();
        FetchedKey refused = scene.fetchPlainFromAKmsOfThisFingerprint()) {
      assertThat(refused.stop()).map(Check::step).contains(NodeStep.FINGERPRINT);
      assertThat(scene.kms().requests()).containsExactly("/attest");
    }
    try (NodeScene scene = new NodeScene().breaking(NodeStep.KEY);
        FetchedKey weak = scene.fetchPlain()) {
      assertThat(weak.stop()).map(Check::step).contains(NodeStep.KEY);
    }
  }

  @Test
  void aStepLeftOutStopsTheProgram() {
    StepLog log = new StepLog(NodeStep.all());
    log.passed(NodeStep.REACHED, "");
    assertThatThrownBy(() -> log.passed(NodeStep.QUOTE, ""))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log.next()).isEqualTo(NodeStep.ANSWER);
    AssessmentLog early = new AssessmentLog(Bytes.of(new byte[32]), KmsVerifier.BINDING);
    early.passed(NodeStep.REACHED, "");
    assertThat(early.rejected(NodeStep.ANSWER, "", new KmsAssessment.Refusal.Form("", "")).stop())
        .map(Check::step)
        .contains(NodeStep.ANSWER);
  }

  @ParameterizedTest
  @EnumSource
  void noKeyCanStandBesideAStepThatDidNotPass(NodeStep step) throws Exception {
    for (Outcome outcome : List.of(Outcome.FAILED, Outcome.UNDECIDED, Outcome.NOT_REACHED)) {
      ReleasedKey key = ReleasedKey.ofHex("ab".repeat(32));
      List<Check> checks =
          NodeStep.all().stream()
              .map(each -> new Check(each, each == step ? outcome : Outcome.PASSED, ""))
              .toList();
      assertThatThrownBy(() -> new FetchedKey(checks, Optional.empty(), new Result.Key(key)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(key::hexText).isInstanceOf(IllegalStateException.class);
    }
    List<Check> short1 =
        NodeStep.all().stream()
            .filter(each -> each != step)
            .map(each -> new Check(each, Outcome.PASSED, ""))
            .toList();
    ReleasedKey key = ReleasedKey.ofHex("ab".repeat(32));
    assertThatThrownBy(() -> new FetchedKey(short1, Optional.empty(), new Result.Key(key)))
        .isInstanceOf(IllegalArgumentException.class);
    key.close();
  }
}
