package network.calimero.tee.functions.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final Registration NODE =
      new Registration(
          "12D3KooWPeer",
          Optional.empty(),
          "",
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static Decision decision(Optional<Assurance> assurance, List<Reason> reasons) {
    return new Decision(
        NODE,
        assurance,
        reasons,
        List.of(),
        Match.none(List.of()),
        Optional.empty(),
        Fleet.NOW,
        Optional.empty());
  }

  @Test
  void aYesThatRestsOnNothingCannotBeMade() {
    assertThatIllegalStateException().isThrownBy(() -> decision(Optional.empty(), List.of()));
    assertThatIllegalStateException()
        .isThrownBy(() -> decision(Optional.of(Assurance.ATTESTED), List.of()));
    Reason against = new Reason(ReasonCode.NO_EVIDENCE, "quote", "there is none");
    assertThat(decision(Optional.empty(), List.of(against)).admitted()).isFalse();
  }
}
