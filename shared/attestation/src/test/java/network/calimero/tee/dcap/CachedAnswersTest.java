package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.Revoked;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.quote.QuoteFormat;
import org.junit.jupiter.api.Test;

/** A verifier with a cache beside one without, over quotes, collateral and times in any order. */
class CachedAnswersTest {
  private static final Instant NOW = Scenario.NOW;

  @Test
  void inAnyOrderAVerifierWithACacheAnswersAsOneWithout() {
    List<Scenario.Evidence> evidence = mixedEvidence();
    List<Quote> quotes = evidence.stream().map(Scenario.Evidence::parsed).toList();
    List<Collateral> collateral = evidence.stream().map(Scenario.Evidence::unproven).toList();
    List<Instant> times =
        List.of(
            NOW.minus(Duration.ofDays(2)),
            NOW,
            NOW.plusSeconds(11),
            NOW.plus(Duration.ofDays(28)),
            NOW.plus(Duration.ofDays(40)));
    Random random = new Random(20260301);
    DcapVerifier small = DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 3);
    int accepted = 0;
    for (int i = 0; i < 600; i++) {
      // Quote and collateral of one scenario in half of the tries, else of any two.
      int which = random.nextInt(quotes.size());
      int other = random.nextBoolean() ? which : random.nextInt(quotes.size());
      Instant now = times.get(random.nextInt(times.size()));
      String without =
          CachingTest.outcome(
              new DcapVerifier(Scenario.ANCHOR, VerifierOptions.STRICT),
              quotes.get(which),
              collateral.get(other),
              now);
      assertThat(CachingTest.outcome(small, quotes.get(which), collateral.get(other), now))
          .as("quote %d, collateral %d, %s", which, other, now)
          .isEqualTo(without);
      accepted += without.startsWith("accepted") ? 1 : 0;
    }
    assertThat(accepted).isBetween(60, 540);
  }

  private static List<Scenario.Evidence> mixedEvidence() {
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(new Scenario());
    scenarios.add(new Scenario().sgx());
    scenarios.add(new Scenario().format(QuoteFormat.TDX_V5_TD15));
    scenarios.add(new Scenario().platform(p -> p.platformStatus("OutOfDate", "INTEL-SA-1")));
    scenarios.add(new Scenario().platform(p -> p.revoke(Revoked.PCK)));
    scenarios.add(new Scenario().platform(p -> p.name("second").pckCa(PckCa.PROCESSOR)));
    scenarios.add(
        new Scenario().platform(p -> p.name("third").certificationType(3).pckChainInCollateral()));
    scenarios.add(
        new Scenario()
            .platform(p ->
                p.pckCrl(c -> c.validity(NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(10)))));
    scenarios.add(new Scenario().under(Scenario.foreignPki()));
    return scenarios.stream().map(Scenario::evidence).toList();
  }
}
