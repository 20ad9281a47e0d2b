package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.kms.config.Floors;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.simulator.SimulatedPlatform;
import org.junit.jupiter.api.Test;

/** The clock and the age of collateral, as whoever starts the server and asks it meets them. */
class FreshnessTest {
  private static final Floors NO_FLOORS = new Floors(Optional.empty(), 0, 0);

  @Test
  void clockBeforeTheBuildMakesItNotReadyAndReleasesNothing() throws IOException {
    try (Site site = Site.open()) {
      assertThat(site.http.get("/ready").json().at("/clock/ready").booleanValue()).isTrue();
      site.clock.advance(Duration.ofDays(-2));

      KmsHttp.Answer ready = site.http.get("/ready");
      KmsHttp.Answer answer = site.node().getKey();

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().at("/clock/ready").booleanValue()).isFalse();
      assertThat(ready.json().get("reasons").toString()).contains("clock: clock_before_build: ");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.outcome()).isEqualTo("attestation_verification_failed");
      assertThat(answer.text("details"))
          .startsWith("no_verdict: clock_before_build: ")
          .contains(Site.BUILT.toString());
      assertThat(site.pcs.requests()).isEmpty();
    }
  }

  @Test
  void theMinimumOfTheConfigurationCounts() throws IOException {
    try (Site site = Site.open(Map.of("MIN_TCB_EVALUATION_DATA_NUMBER", "19"))) {
      SimulatedPlatform older =
          SimulatedPlatform.builder(Site.NOW).pki(site.pki).evaluationDataNumber(18).build();
      site.pcs.serve(older.collateral());

      KmsHttp.Answer answer = site.node().getKey();

      assertThat(answer.text("details"))
          .startsWith("no_verdict: tcb_info_below_minimum: ")
          .contains("number 18, and 19 is the minimum");
    }
  }

  @Test
  void buildThatDoesNotSayWhenItsSourcesWereCommittedIsToldAndBelievesAnyClock() throws Exception {
    RecordedLog log = new RecordedLog();

    FreshnessGuard guard = KmsProcess.freshness(NO_FLOORS, Optional.empty(), Site.NOW, log);

    assertThat(log.events()).singleElement().asString().contains("build.time_unknown");
    guard.at(Instant.EPOCH);
  }

  @Test
  void clockThatIsRefusedIsToldAtTheStart() {
    RecordedLog log = new RecordedLog();

    KmsProcess.freshness(NO_FLOORS, Optional.of(Site.NOW.plusSeconds(1)), Site.NOW, log);

    assertThat(log.events())
        .singleElement()
        .asString()
        .contains("clock.refused", "clock_before_build", "set the clock");
  }

  @Test
  void timeOfTheBuildIsReadAsWrittenOrNotAtAll() {
    assertThat(BuildTime.parse("2026-11-21T00:00:00Z"))
        .contains(Instant.parse("2026-11-21T00:00:00Z"));
    assertThat(BuildTime.parse("${project.build.outputTimestamp}")).isEmpty();
    assertThat(BuildTime.parse("")).isEmpty();
  }
}
