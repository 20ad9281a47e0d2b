package network.calimero.tee.collateral.pcs;

import static network.calimero.tee.collateral.pcs.SimulatedIntel.NOW;
import static network.calimero.tee.collateral.pcs.SimulatedIntel.SHARED;
import static network.calimero.tee.collateral.pcs.SimulatedIntel.TDX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept, for how long, and what is asked for again. */
class CollateralCacheTest {
  private static final int PIECES = 4;
  private static final Duration HALF_A_DAY = Duration.ofHours(12);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock(NOW);
  private final PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
  private final PckChain chain = SHARED.chain(SHARED.platform);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void eachPieceIsFetchedOnceForTwoHundredCallersAtOnce() throws Exception {
    Gate gate = new Gate();
    server.fault("/", gate.fault());
    try (CachingCollateralSource source = SHARED.source(clock, server);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch calling = new CountDownLatch(200);
      List<Future<Collateral>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(
            callers.submit(() -> {
              calling.countDown();
              return source.collateral(chain, TDX, NOW);
            }));
      }
      calling.await();
      gate.awaitRequests(1);
      gate.open();

      Collateral one = answers.getFirst().get();
      for (Future<Collateral> answer : answers) {
        assertThat(answer.get()).isEqualTo(one);
      }
      assertThat(server.requests()).hasSize(PIECES).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsHeldIsGivenOutWithoutAsking() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral first = source.collateral(chain, TDX, NOW);

      assertThat(source.collateral(chain, TDX, clock.pass(HALF_A_DAY.minus(SECOND))))
          .isEqualTo(first);
      assertThat(server.requests()).hasSize(PIECES);
      assertThat(source.status().pieces())
          .hasSize(PIECES)
          .allSatisfy(piece -> {
            assertThat(piece.fetchedAt()).contains(NOW);
            assertThat(piece.refreshAt()).contains(NOW.plus(HALF_A_DAY));
            assertThat(piece.isUsable(NOW)).isTrue();
            assertThat(piece.lastFailure()).isEmpty();
          });
    }
  }

  @Test
  void useRefreshesInTheBackgroundWhileTheOldIsGivenOut() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral old = source.collateral(chain, TDX, NOW);
      Gate gate = new Gate();
      server.fault("/", gate.fault());
      server.serve(SHARED.collateral(s -> s.evaluationDataNumber(21)));
      Instant later = clock.pass(HALF_A_DAY);

      for (int i = 0; i < 3; i++) {
        assertThat(source.collateral(chain, TDX, later)).isEqualTo(old);
      }
      gate.awaitRequests(PIECES);
      gate.open();
      source.quiet().join();

      assertThat(source.collateral(chain, TDX, later).tcbInfo()).isNotEqualTo(old.tcbInfo());
      assertThat(server.requests()).hasSize(2 * PIECES);
      assertThat(source.status().pieces())
          .allSatisfy(piece -> assertThat(piece.fetchedAt()).contains(later));
    }
  }

  @Test
  void whatNobodyUsesIsRefreshedToo() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      source.collateral(chain, TDX, NOW);
      source.refreshDue().join();
      assertThat(server.requests()).hasSize(PIECES);

      clock.pass(HALF_A_DAY);
      source.refreshDue().join();

      assertThat(server.requests()).hasSize(2 * PIECES);
    }
  }

  @Test
  void whatIsDueIsRefreshedWithoutBeingTold() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      source.collateral(chain, TDX, NOW);
      Gate gate = new Gate();
      server.fault("/", gate.fault());
      clock.pass(HALF_A_DAY);

      source.keepFresh();

      gate.awaitRequests(PIECES);
      gate.open();
      source.quiet().join();
      assertThat(source.status().pieces())
          .allSatisfy(piece -> assertThat(piece.fetchedAt()).contains(clock.instant()));
    }
  }

  @Test
  void aRefreshThatFailsKeepsTheOldUntilItsNextUpdateAndIsRetriedMoreAndMoreSeldom()
      throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral old = source.collateral(chain, TDX, NOW);
      server.fault("/", new HttpFault.Status(500));
      clock.pass(HALF_A_DAY);
      List<Long> asked = new ArrayList<>();
      for (int second = 0; second <= 240; second += 30) {
        long before = server.count("tcb?");
        source.refreshDue().join();
        if (server.count("tcb?") > before) {
          asked.add((long) second);
        }
        clock.pass(Duration.ofSeconds(30));
      }

      assertThat(asked).containsExactly(0L, 30L, 90L, 210L);
      assertThat(source.collateral(chain, TDX, clock.instant())).isEqualTo(old);
      assertThat(source.status().pieces())
          .allSatisfy(piece ->
              assertThat(piece.lastFailure().orElse(""))
                  .contains(server.baseUri().getAuthority() + ": status 500"));
      source.quiet().join();

      clock.pass(Duration.ofDays(31));
      assertThat(unavailable(source, chain).code()).isEqualTo(Code.STATUS);
      assertThat(source.status().pieces())
          .filteredOn(piece -> piece.isUsable(clock.instant()))
          .extracting(CollateralStatus.Piece::name)
          .containsExactly("the root CRL"); // issued for a year
    }
  }

  @Test
  void badCollateralNeverTakesThePlaceOfGood() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral good = source.collateral(chain, TDX, NOW);
      server.serve(SHARED.collateral(PlatformBuilder::tcbInfoExpired));
      server.fault("qe/identity", new HttpFault.ChangeBody(body -> new byte[] {'{', '}'}));
      clock.pass(HALF_A_DAY);
      source.refreshDue().join();

      Collateral now = source.collateral(chain, TDX, clock.instant());

      assertThat(now.tcbInfo()).isEqualTo(good.tcbInfo());
      assertThat(now.qeIdentity()).isEqualTo(good.qeIdentity());
    }
  }

  @Test
  void olderCollateralNeverTakesThePlaceOfNewer() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral newest = source.collateral(chain, TDX, NOW);
      Instant older = NOW.minus(Duration.ofDays(9));
      Instant stillValid = NOW.plus(Duration.ofDays(9));
      server.serve(
          SHARED.collateral(s ->
              s.tcbInfo(t -> t.dates(older, stillValid))
                  .pckCrl(c -> c.validity(older, stillValid))));
      clock.pass(HALF_A_DAY);
      source.refreshDue().join();

      Collateral now = source.collateral(chain, TDX, clock.instant());

      assertThat(now.tcbInfo()).isEqualTo(newest.tcbInfo());
      assertThat(now.pckCrl()).isEqualTo(newest.pckCrl());
      assertThat(source.status().pieces())
          .allSatisfy(piece -> assertThat(piece.fetchedAt()).contains(clock.instant()));
    }
  }

  @Test
  void nothingIsGivenOutAfterItsNextUpdate() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      source.collateral(chain, TDX, NOW);
      clock.pass(Duration.ofDays(31));

      VerificationException failure =
          catchThrowableOfType(
              VerificationException.class, () -> source.collateral(chain, TDX, clock.instant()));

      assertThat(failure.code()).isEqualTo(FailureCode.PCK_CRL_EXPIRED);
    }
  }

  @Test
  void anUnknownPlatformIsRememberedAndAskedForMoreAndMoreSeldom() {
    PckChain unknown = SHARED.chain(SHARED.platform("0102030405FF", settings -> settings));
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      assertThat(unavailable(source, unknown).code()).isEqualTo(Code.NOT_FOUND);
      assertThat(unavailable(source, unknown))
          .extracting(CollateralUnavailableException::code)
          .isEqualTo(Code.RECENT_FAILURE);
      clock.pass(Duration.ofSeconds(29));
      assertThat(unavailable(source, unknown))
          .hasMessageContaining("asked for again at " + NOW.plusSeconds(30))
          .hasMessageContaining("not_found");
      assertThat(server.count("0102030405FF")).isEqualTo(1);

      clock.pass(SECOND);
      assertThat(unavailable(source, unknown).code()).isEqualTo(Code.NOT_FOUND);
      clock.pass(Duration.ofSeconds(59));
      assertThat(unavailable(source, unknown).code()).isEqualTo(Code.RECENT_FAILURE);
      assertThat(server.count("0102030405FF")).isEqualTo(2);
    }
  }

  @Test
  void thePauseAfterAFailureBeginsWhenTheFailureIsKnown() {
    server.fault(
        "rootcacrl",
        new HttpFault.ChangeBody(body -> {
          clock.pass(Duration.ofSeconds(40)); // how long the server took
          return new byte[0];
        }));
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      refused(source, NOW);
      assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(40));
      refused(source, NOW.plusSeconds(69));
      assertThat(server.requests()).hasSize(1);

      refused(source, NOW.plusSeconds(70));
      assertThat(server.requests()).hasSize(2);
    }
  }

  private void refused(CachingCollateralSource source, Instant now) {
    assertThat(
            catchThrowableOfType(
                VerificationException.class, () -> source.collateral(chain, TDX, now)))
        .isNotNull();
  }

  @Test
  void aRefusalIsRememberedAsTheRefusalItIs() {
    server.serve(SHARED.collateral(PlatformBuilder::tcbInfoExpired));
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(
                catchThrowableOfType(
                        VerificationException.class, () -> source.collateral(chain, TDX, NOW))
                    .code())
            .isEqualTo(FailureCode.TCB_INFO_EXPIRED);
      }
      assertThat(server.count("tcb?")).isEqualTo(1);
    }
  }

  @Test
  void theCacheIsBoundedAndWhatIsInUseStays() throws Exception {
    CachePolicy small = policy(8, 16);
    try (CachingCollateralSource source =
        SHARED.source(clock, SimulatedIntel.PATIENT, small, server)) {
      SimulatedPlatform seldom = strange(0);
      server.serve(seldom.collateral());
      source.collateral(SHARED.chain(seldom), TDX, NOW);
      for (int i = 1; i <= 12; i++) {
        source.collateral(chain, TDX, NOW);
        SimulatedPlatform stranger = strange(i);
        server.serve(stranger.collateral());
        source.collateral(SHARED.chain(stranger), TDX, NOW);
      }

      assertThat(source.status().pieces()).hasSize(8);
      assertThat(server.count("tcb?fmspc=00AABBCCDD00")).isEqualTo(1);
      assertThat(server.count("rootcacrl")).isEqualTo(1);
      assertThat(server.count("qe/identity")).isEqualTo(1);
      source.collateral(SHARED.chain(seldom), TDX, NOW);
      assertThat(server.count("tcb?fmspc=" + seldom.fmspc())).isEqualTo(2);
    }
  }

  @Test
  void failuresOfStrangersPushOutNothing() throws Exception {
    try (CachingCollateralSource source =
        SHARED.source(clock, SimulatedIntel.PATIENT, policy(8, 16), server)) {
      source.collateral(chain, TDX, NOW);
      for (int i = 0; i < 20; i++) {
        assertThat(unavailable(source, SHARED.chain(strange(i))).code()).isEqualTo(Code.NOT_FOUND);
      }

      assertThat(source.status().pieces()).hasSize(PIECES + 8);
      source.collateral(chain, TDX, NOW);
      assertThat(server.count("tcb?fmspc=00AABBCCDD00")).isEqualTo(1);
    }
  }

  @Test
  void moreFetchesThanAllowedAreRefusedAndWhatIsHeldIsStillGivenOut() throws Exception {
    try (CachingCollateralSource source =
            SHARED.source(clock, SimulatedIntel.PATIENT, policy(64, 3), server);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      source.collateral(chain, TDX, NOW);
      Gate gate = new Gate();
      server.fault("tcb?", gate.fault());
      List<Future<Collateral>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        SimulatedPlatform stranger = strange(i);
        server.serve(stranger.collateral());
        PckChain theirs = SHARED.chain(stranger);
        waiting.add(callers.submit(() -> source.collateral(theirs, TDX, NOW)));
      }
      gate.awaitRequests(3);

      CollateralUnavailableException failure = unavailable(source, SHARED.chain(strange(3)));
      assertThat(failure.code()).isEqualTo(Code.BUSY);
      assertThat(failure.host()).isEmpty();
      assertThat(source.collateral(chain, TDX, NOW)).isNotNull();

      gate.open();
      for (Future<Collateral> answer : waiting) {
        assertThat(answer.get()).isNotNull();
      }
      assertThat(unavailable(source, SHARED.chain(strange(3))).code()).isEqualTo(Code.NOT_FOUND);
    }
  }

  @Test
  void aRenewalAsksAgainButNotForWhatIsYoung() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral old = source.collateral(chain, TDX, NOW);
      server.serve(SHARED.collateral(s -> s.evaluationDataNumber(21)));

      clock.pass(Duration.ofMinutes(10).minus(SECOND));
      assertThat(source.renewed(chain, TDX, clock.instant())).isEqualTo(old);
      assertThat(server.requests()).hasSize(PIECES);

      clock.pass(SECOND);
      assertThat(source.renewed(chain, TDX, clock.instant())).isNotEqualTo(old);
      assertThat(source.renewed(chain, TDX, clock.instant())).isNotEqualTo(old);
      assertThat(server.requests()).hasSize(2 * PIECES);
    }
  }

  @Test
  void aRenewalThatFailsGivesWhatIsHeld() throws Exception {
    try (CachingCollateralSource source = SHARED.source(clock, server)) {
      Collateral old = source.collateral(chain, TDX, NOW);
      server.fault("/", new HttpFault.Status(500));
      clock.pass(Duration.ofHours(1));

      assertThat(source.renewed(chain, TDX, clock.instant())).isEqualTo(old);
      assertThat(server.requests()).hasSize(2 * PIECES);
    }
  }

  @Test
  void closingLetsWaitingCallersGo() throws Exception {
    Gate gate = new Gate();
    server.fault("/", gate.fault());
    CachingCollateralSource source = SHARED.source(clock, server);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CollateralUnavailableException> waiting =
          callers.submit(() -> unavailable(source, chain));
      gate.awaitRequests(1);

      source.close();

      assertThat(waiting.get().code()).isEqualTo(Code.INTERRUPTED);
      assertThat(unavailable(source, chain).code()).isIn(Code.INTERRUPTED, Code.RECENT_FAILURE);
    }
  }

  private static SimulatedPlatform strange(int number) {
    return SHARED.platform("0200000000%02X".formatted(number), settings -> settings);
  }

  private static CachePolicy policy(int entries, int fetches) {
    CachePolicy usual = CachePolicy.DEFAULT;
    return new CachePolicy(
        entries,
        fetches,
        usual.backgroundFetches(),
        usual.refreshAfter(),
        usual.firstRetry(),
        usual.lastRetry(),
        usual.renewAfter());
  }

  private CollateralUnavailableException unavailable(
      CachingCollateralSource source, PckChain whose) {
    return catchThrowableOfType(
        CollateralUnavailableException.class, () -> source.collateral(whose, TDX, clock.instant()));
  }
}
