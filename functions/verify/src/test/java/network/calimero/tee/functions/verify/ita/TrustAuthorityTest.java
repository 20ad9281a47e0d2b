package network.calimero.tee.functions.verify.ita;

import static network.calimero.tee.functions.verify.ita.AuthorityFixture.NOW;
import static network.calimero.tee.functions.verify.ita.AuthorityFixture.ask;
import static network.calimero.tee.functions.verify.ita.AuthorityFixture.code;
import static network.calimero.tee.functions.verify.ita.AuthorityFixture.quote;
import static network.calimero.tee.functions.verify.ita.AuthorityFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.ita.TokenKey;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustAuthorityTest {
  private static final Quote QUOTE = quote("one");
  private static final String APPRAISAL = TrustAuthorityServer.APPRAISAL_PATH;
  private static final String KEYS = TrustAuthorityServer.KEYS_PATH;

  private AuthorityFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new AuthorityFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void theQuoteGoesOutAsTheSecondVersionWantsItWithTheKeyInBothHeaders() throws Exception {
    assertThat(code(ask(fixture.asker(), QUOTE, NOW))).isEqualTo("ok");

    HttpCall sent = fixture.server.requests().getFirst();
    assertThat(sent.body()).startsWith("{\"tdx\":{\"quote\":\"");
    assertThat(sent.header("x-api-key")).isEqualTo("a-key");
    assertThat(sent.header("api-key")).isEqualTo("a-key");
  }

  @Test
  void whatRefusesTheSecondVersionIsAskedInTheFirst() throws Exception {
    fixture.server.firstVersionOnly();

    assertThat(code(ask(fixture.asker(), QUOTE, NOW))).isEqualTo("ok");
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(2);
  }

  /** What it says of one way to write a quote it has not said of another. */
  @Test
  void aRefusalOfTheQuoteIsOneAndIsKeptForThoseVeryBytes() throws Exception {
    TrustAuthority asker = fixture.asker();
    byte[] resigned = QUOTE.bytes().toArray();
    resigned[QUOTE.signedBytes().length() + 4] ^= 1;
    fixture.server.fault(APPRAISAL, new HttpFault.Status(400), 2);

    assertThat(code(ask(asker, Quote.parse(resigned), NOW))).isEqualTo("declined 400");
    assertThat(code(ask(asker, Quote.parse(resigned), NOW))).isEqualTo("declined 400");
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(2);
    assertThat(code(ask(asker, QUOTE, NOW))).isEqualTo("ok");
  }

  @Test
  void otherRefusalsSayNothingOfTheQuote() throws Exception {
    fixture.server.fault(APPRAISAL, new HttpFault.Status(413), 2);
    assertThat(code(ask(fixture.asker(), QUOTE, NOW))).contains("status 413");
  }

  @Test
  void withoutAKeyNobodyIsAsked() throws Exception {
    Opinion opinion = ask(fixture.asker(Optional.empty(), 10), QUOTE, NOW);

    assertThat(code(opinion)).contains("ITA_API_KEY");
    assertThat(fixture.server.requests()).isEmpty();
  }

  @Test
  void anAnswerIsKeptForTenMinutesAndOneQuote() throws Exception {
    TrustAuthority asker = fixture.asker();
    ask(asker, QUOTE, NOW);
    Opinion kept = ask(asker, QUOTE, NOW.plus(Duration.ofSeconds(599)));

    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(1);
    assertThat(((Opinion.Answered) kept).askedAt()).isEqualTo(NOW);
    ask(asker, quote("two"), NOW);
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(2);
    ask(asker, QUOTE, NOW.plus(Duration.ofMinutes(10)));
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(3);
  }

  @Test
  void manyWhoBringOneQuoteAtOnceCostOneRequest() throws Exception {
    TrustAuthority asker = fixture.asker();
    CountDownLatch together = new CountDownLatch(1);
    List<Future<Opinion>> opinions = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        opinions.add(
            executor.submit(() -> {
              together.await();
              return ask(asker, QUOTE, NOW);
            }));
      }
      together.countDown();
      for (Future<Opinion> opinion : opinions) {
        assertThat(code(opinion.get())).isEqualTo("ok");
      }
    }
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(1);
  }

  /** What it said of one platform must not count for another with other faults. */
  @Test
  void theSameReportOfAnotherPlatformIsAnotherQuote() throws Exception {
    TrustAuthority asker = fixture.asker();
    byte[] bytes = QUOTE.bytes().toArray();
    int cpuSvn = QUOTE.signedBytes().length() + 4 + 64 + 64 + 6; // dcap.md, "Quote"
    bytes[cpuSvn] ^= 1;
    Quote elsewhere = Quote.parse(bytes);
    assertThat(elsewhere.signedBytes()).isEqualTo(QUOTE.signedBytes());
    ask(asker, QUOTE, NOW);
    ask(asker, elsewhere, NOW);

    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(2);
  }

  /** Nobody can spend the key by writing one quote in many ways. */
  @Test
  void aQuoteWrittenInAnotherWayIsTheSameQuote() throws Exception {
    TrustAuthority asker = fixture.asker();
    byte[] longer = Arrays.copyOf(QUOTE.bytes().toArray(), QUOTE.bytes().length() + 100);
    byte[] resigned = QUOTE.bytes().toArray();
    resigned[QUOTE.signedBytes().length() + 4] ^= 1;
    ask(asker, Quote.parse(longer), NOW);
    ask(asker, QUOTE, NOW);
    ask(asker, Quote.parse(resigned), NOW);

    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(1);
    assertThat(fixture.server.requests().getFirst().body())
        .contains("\"%s\"".formatted(StrictBase64.encode(QUOTE.bytes().toArray())));
  }

  @Test
  void aFailureOfTheAuthorityIsNotKept() throws Exception {
    TrustAuthority asker = fixture.asker();
    fixture.server.fault(APPRAISAL, new HttpFault.Status(503), 1);

    assertThat(code(ask(asker, QUOTE, NOW))).contains("status 503");
    assertThat(code(ask(asker, QUOTE, NOW))).isEqualTo("ok");
  }

  @Test
  void beyondTheDaysCapNobodyIsAskedUntilTheNextDay() throws Exception {
    TrustAuthority asker = fixture.asker(Optional.of("a-key"), 2);
    ask(asker, quote("1"), NOW);
    ask(asker, quote("2"), NOW);

    assertThat(code(ask(asker, quote("3"), NOW))).contains("as often as it may today");
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(2);
    Instant midnight = Instant.parse("2026-10-02T00:00:00Z");
    ask(asker, quote("3"), midnight);
    assertThat(fixture.server.count(APPRAISAL)).isEqualTo(3);
  }

  @Test
  void keysAreFetchedOnceAnHourAndForAKeyThatIsNew() throws Exception {
    TrustAuthority asker = fixture.asker();
    ask(asker, quote("1"), NOW);
    ask(asker, quote("2"), NOW);
    assertThat(fixture.server.count(KEYS)).isEqualTo(1);

    fixture.server.keys(TokenKey.named("next"), fixture.server.key());
    assertThat(code(ask(asker, quote("3"), NOW.plusSeconds(10)))).isEqualTo("token_key_unknown");
    assertThat(fixture.server.count(KEYS)).isEqualTo(1);
    assertThat(code(ask(asker, quote("4"), NOW.plusSeconds(60)))).isEqualTo("ok");
    assertThat(fixture.server.count(KEYS)).isEqualTo(2);
  }

  /** A key that was withdrawn is believed an hour, a day at most where nobody can be asked. */
  @Test
  void keysAreNotBelievedForEver() throws Exception {
    TrustAuthority asker = fixture.asker();
    ask(asker, quote("1"), NOW);
    ask(asker, quote("2"), NOW.plus(Duration.ofMinutes(59)));
    assertThat(fixture.server.count(KEYS)).isEqualTo(1);
    ask(asker, quote("3"), NOW.plus(Duration.ofHours(1)));
    assertThat(fixture.server.count(KEYS)).isEqualTo(2);

    fixture.server.fault(KEYS, new HttpFault.Status(500), 2);
    assertThat(code(ask(asker, quote("4"), NOW.plus(Duration.ofHours(24)))))
        .isEqualTo("token_expired");
    assertThat(code(ask(asker, quote("5"), NOW.plus(Duration.ofHours(25)))))
        .startsWith("none: it gave no answer");
  }

  @Test
  void withoutItsKeysNothingIsBelieved() throws Exception {
    fixture.server.fault(KEYS, new HttpFault.Status(500), 1);

    assertThat(code(ask(fixture.asker(), QUOTE, NOW))).startsWith("none: it gave no answer");
  }

  @Test
  void aSlowAuthorityTakesNoLongerThanThereIsTime() throws Exception {
    fixture.server.fault(APPRAISAL, new HttpFault.Hang(), 1);

    Opinion opinion = fixture.asker().ask(QUOTE, report(QUOTE), NOW, Duration.ofMillis(200));

    assertThat(code(opinion)).contains("in time");
  }

  @ParameterizedTest
  @CsvSource({
    "UpToDate, UP_TO_DATE",
    "OK, UP_TO_DATE",
    "OutOfDate, OUT_OF_DATE",
    "OUT_OF_DATE, OUT_OF_DATE",
    "SWHardeningNeeded, SW_HARDENING_NEEDED"
  })
  void statusesOfBothVersionsAreUnderstood(String said, TcbStatus meant) throws Exception {
    fixture.server.status(said);
    Opinion.Answered answered = (Opinion.Answered) ask(fixture.asker(), QUOTE, NOW);

    assertThat(answered.outcome())
        .isInstanceOfSatisfying(
            Opinion.Proven.class, proven -> assertThat(proven.token().status()).contains(meant));
  }
}
