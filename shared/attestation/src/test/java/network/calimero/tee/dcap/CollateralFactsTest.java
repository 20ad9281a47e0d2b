package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import network.calimero.tee.quote.TeeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How new each piece of proven collateral is, and all of it together. */
class CollateralFactsTest {
  private static final int PIECES = 4;
  private static final Instant OLDEST = Scenario.NOW.minus(Duration.ofDays(10));
  private static final Instant NEXT = Scenario.NOW.plus(Duration.ofDays(20));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theNewestIssueIsTheLatestOfAllWhicheverPieceBearsIt(int newest) throws Exception {
    Instant[] issued = new Instant[PIECES];
    for (int piece = 0; piece < PIECES; piece++) {
      // Each an hour after the one before, and the newest of them turns round.
      issued[piece] = OLDEST.plus(Duration.ofHours((piece + PIECES - newest - 1) % PIECES));
    }
    CollateralFacts facts = facts(issued);
    assertThat(facts.tcbInfo().issued()).isEqualTo(issued[0]);
    assertThat(facts.qeIdentity().issued()).isEqualTo(issued[1]);
    assertThat(facts.crls())
        .extracting(CollateralFacts.Crl::issued)
        .containsExactly(issued[2], issued[3]);
    assertThat(facts.newestIssue()).isEqualTo(issued[newest]);
    assertThat(facts.newestIssue()).isEqualTo(OLDEST.plus(Duration.ofHours(PIECES - 1)));
  }

  @Test
  void ofOneDateItIsThatDate() throws Exception {
    assertThat(facts(OLDEST, OLDEST, OLDEST, OLDEST).newestIssue()).isEqualTo(OLDEST);
  }

  private static CollateralFacts facts(Instant... issued) throws VerificationException {
    Scenario.Evidence evidence =
        new Scenario()
            .platform(p ->
                p.tcbInfo(t -> t.dates(issued[0], NEXT))
                    .qeIdentity(q -> q.dates(issued[1], NEXT))
                    .rootCrl(c -> c.validity(issued[2], NEXT))
                    .pckCrl(c -> c.validity(issued[3], NEXT)))
            .evidence();
    DcapVerifier verifier = new DcapVerifier(Scenario.ANCHOR, VerifierOptions.STRICT);
    CollateralFacts facts =
        verifier.endorse(evidence.parsed(), evidence.unproven(), Scenario.NOW).facts();
    assertThat(facts.tee()).isEqualTo(TeeType.TDX);
    return facts;
  }
}
