package network.calimero.tee.kms.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.CollateralFacts;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;
import org.junit.jupiter.api.Test;

class FreshnessGuardTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant ISSUED = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final Fmspc FMSPC = Fmspc.of(new byte[] {0, 1, 2, 3, 4, 5});
  private static final Fmspc OTHER_FMSPC = Fmspc.of(new byte[] {9, 1, 2, 3, 4, 5});

  private final FreshnessGuard guard = guard(Minimums.NONE);

  private static FreshnessGuard guard(Minimums minimums) {
    return new FreshnessGuard(BUILT, minimums, new SeenCollateral());
  }

  /** Collateral of set 20 of a TDX platform, all of it issued at {@link #ISSUED}. */
  private record Facts(TeeType tee, Fmspc fmspc, int tcb, int qe, int crl, Instant issued) {
    Facts() {
      this(TeeType.TDX, FMSPC, 20, 20, 7, ISSUED);
    }

    Facts tee(TeeType value) {
      return new Facts(value, fmspc, tcb, qe, crl, issued);
    }

    Facts fmspc(Fmspc value) {
      return new Facts(tee, value, tcb, qe, crl, issued);
    }

    Facts tcb(int value) {
      return new Facts(tee, fmspc, value, qe, crl, issued);
    }

    Facts qe(int value) {
      return new Facts(tee, fmspc, tcb, value, crl, issued);
    }

    Facts crl(int value) {
      return new Facts(tee, fmspc, tcb, qe, value, issued);
    }

    CollateralFacts facts() {
      return new CollateralFacts(
          tee,
          fmspc,
          new CollateralFacts.Document(tcb, issued),
          new CollateralFacts.Document(qe, issued),
          List.of(crl("Root", 1), crl("Platform CA", crl)));
    }

    private CollateralFacts.Crl crl(String issuer, int number) {
      Bytes name = Bytes.of(issuer.getBytes(StandardCharsets.US_ASCII));
      return new CollateralFacts.Crl(name, issuer, BigInteger.valueOf(number), issued);
    }
  }

  private static Optional<StaleException> show(FreshnessGuard guard, Facts facts)
      throws StaleException {
    return guard.at(NOW).objection(facts.facts());
  }

  private void taken(Facts facts) throws StaleException {
    assertThat(show(guard, facts)).isEmpty();
  }

  private void refused(Facts facts, Staleness reason, String... found) throws StaleException {
    StaleException objection = show(guard, facts).orElseThrow();
    assertThat(objection.reason()).isEqualTo(reason);
    assertThat(objection)
        .hasMessageStartingWith(reason.text() + ": ")
        .hasMessageContainingAll(found);
  }

  @Test
  void itCannotBeEarlierThanTheBuild() throws StaleException {
    StaleException refused =
        catchThrowableOfType(StaleException.class, () -> guard.at(BUILT.minusNanos(1)));

    assertThat(refused.reason()).isEqualTo(Staleness.CLOCK_BEFORE_BUILD);
    assertThat(refused)
        .hasMessage(
            "clock_before_build: the clock of this KMS says 2025-12-31T23:59:59.999999999Z, and it"
                + " was built from sources of 2026-01-01T00:00:00Z");
    assertThat(guard.at(BUILT).objection(new Facts().facts())).isEmpty();
  }

  @Test
  void itCannotBeEarlierThanTheNewestPieceThatWasSeen() throws StaleException {
    Instant later = ISSUED.plus(Duration.ofHours(1));
    for (int newest = 0; newest < 4; newest++) {
      FreshnessGuard fresh = guard(Minimums.NONE);
      assertThat(fresh.at(NOW).objection(dated(newest, later))).isEmpty();

      StaleException refused =
          catchThrowableOfType(StaleException.class, () -> fresh.at(later.minusNanos(1)));

      assertThat(refused.reason()).isEqualTo(Staleness.CLOCK_BEFORE_ISSUE_DATE);
      assertThat(refused).hasMessageContaining("signed at " + later);
      assertThat(fresh.at(later).objection(new Facts().facts())).isEmpty();
    }
  }

  @Test
  void itCannotBeEarlierThanWhatElseWasSigned() throws StaleException {
    guard.saw(ISSUED);

    StaleException refused =
        catchThrowableOfType(StaleException.class, () -> guard.at(ISSUED.minusNanos(1)));

    assertThat(refused.reason()).isEqualTo(Staleness.CLOCK_BEFORE_ISSUE_DATE);
    assertThat(guard.at(ISSUED).objection(new Facts().facts())).isEmpty();
  }

  /** One of the four pieces issued later than the others. */
  private static CollateralFacts dated(int newest, Instant later) {
    CollateralFacts facts = new Facts().facts();
    Instant[] dates = new Instant[4];
    Arrays.setAll(dates, i -> i == newest ? later : ISSUED);
    return new CollateralFacts(
        facts.tee(),
        facts.fmspc(),
        new CollateralFacts.Document(20, dates[0]),
        new CollateralFacts.Document(20, dates[1]),
        List.of(
            new CollateralFacts.Crl(Bytes.of(new byte[1]), "Root", BigInteger.ONE, dates[2]),
            new CollateralFacts.Crl(Bytes.of(new byte[2]), "CA", BigInteger.ONE, dates[3])));
  }

  @Test
  void tcbInfoOfAnOlderSetIsRefusedForTheSamePlatformTypeOnly() throws StaleException {
    taken(new Facts());
    taken(new Facts());
    refused(
        new Facts().tcb(19),
        Staleness.TCB_INFO_OLDER_THAN_SEEN,
        "TDX",
        "000102030405",
        "number 19",
        "20 was seen");
    taken(new Facts().tcb(19).fmspc(OTHER_FMSPC));
    taken(new Facts().tcb(19).tee(TeeType.SGX));
    taken(new Facts().tcb(21));
    refused(new Facts(), Staleness.TCB_INFO_OLDER_THAN_SEEN, "number 20", "21 was seen");
  }

  @Test
  void qeIdentityOfAnOlderSetIsRefusedForTheSameTeeOnly() throws StaleException {
    taken(new Facts());
    refused(
        new Facts().qe(19).fmspc(OTHER_FMSPC),
        Staleness.QE_IDENTITY_OLDER_THAN_SEEN,
        "TDX",
        "number 19",
        "20 was seen");
    taken(new Facts().qe(19).tee(TeeType.SGX));
    taken(new Facts().qe(21));
    refused(new Facts(), Staleness.QE_IDENTITY_OLDER_THAN_SEEN, "21 was seen");
  }

  @Test
  void crlWithALowerNumberThanSeenOfItsIssuerIsRefused() throws StaleException {
    taken(new Facts());
    refused(
        new Facts().crl(6).fmspc(OTHER_FMSPC).tee(TeeType.SGX),
        Staleness.CRL_OLDER_THAN_SEEN,
        "Platform CA",
        "number 6",
        "7 was seen");
    taken(new Facts().crl(8));
    refused(new Facts(), Staleness.CRL_OLDER_THAN_SEEN, "8 was seen");
  }

  @Test
  void whatIsBelowTheMinimumIsRefusedWhateverWasSeen() throws StaleException {
    FreshnessGuard strict = guard(new Minimums(20, 19));

    assertThat(show(strict, new Facts().qe(19))).isEmpty();
    StaleException tcb = show(strict, new Facts().tcb(19)).orElseThrow();
    StaleException qe = show(strict, new Facts().qe(18)).orElseThrow();

    assertThat(tcb.reason()).isEqualTo(Staleness.TCB_INFO_BELOW_MINIMUM);
    assertThat(tcb)
        .hasMessageContainingAll("TDX", "000102030405", "number 19", "20 is the minimum");
    assertThat(qe.reason()).isEqualTo(Staleness.QE_IDENTITY_BELOW_MINIMUM);
    assertThat(qe).hasMessageContainingAll("TDX", "number 18", "19 is the minimum");
  }

  @Test
  void whatIsRefusedForOneOfItsPiecesIsSeenInAllOthers() throws StaleException {
    taken(new Facts());
    refused(new Facts().tcb(19).qe(22).crl(9), Staleness.TCB_INFO_OLDER_THAN_SEEN, "20 was seen");
    refused(new Facts().crl(9), Staleness.QE_IDENTITY_OLDER_THAN_SEEN, "22 was seen");
    refused(new Facts().qe(22), Staleness.CRL_OLDER_THAN_SEEN, "9 was seen");
  }

  @Test
  void memoryThatIsGivenCounts() throws StaleException {
    SeenCollateral seen = new SeenCollateral();
    FreshnessGuard before = new FreshnessGuard(BUILT, Minimums.NONE, seen);
    assertThat(show(before, new Facts().tcb(21))).isEmpty();

    FreshnessGuard after = new FreshnessGuard(BUILT, Minimums.NONE, seen);
    assertThat(show(after, new Facts()).orElseThrow().reason())
        .isEqualTo(Staleness.TCB_INFO_OLDER_THAN_SEEN);
  }

  @Test
  void fullMemoryRefusesWhatIsNewAndForgetsNothing() throws StaleException {
    FreshnessGuard small = new FreshnessGuard(BUILT, Minimums.NONE, new SeenCollateral(1));
    assertThat(show(small, new Facts())).isEmpty();

    StaleException full = show(small, new Facts().fmspc(OTHER_FMSPC)).orElseThrow();

    assertThat(full.reason()).isEqualTo(Staleness.MEMORY_FULL);
    assertThat(full).hasMessageContainingAll("TDX", "090102030405");
    assertThat(show(small, new Facts().tcb(21))).isEmpty();
    assertThat(show(small, new Facts()).orElseThrow().reason())
        .isEqualTo(Staleness.TCB_INFO_OLDER_THAN_SEEN);
  }

  @Test
  void issuersAreBoundedToo() throws StaleException {
    for (int issuers = 1; issuers < 16; issuers++) {
      assertThat(guard.at(NOW).objection(issuedBy(issuers))).isEmpty();
    }

    StaleException full = guard.at(NOW).objection(issuedBy(16)).orElseThrow();

    assertThat(full.reason()).isEqualTo(Staleness.MEMORY_FULL);
    assertThat(guard.at(NOW).objection(issuedBy(15))).isEmpty();
  }

  private static CollateralFacts issuedBy(int authority) {
    CollateralFacts facts = new Facts().facts();
    Bytes name = Bytes.of(new byte[] {(byte) authority});
    return new CollateralFacts(
        facts.tee(),
        facts.fmspc(),
        facts.tcbInfo(),
        facts.qeIdentity(),
        List.of(
            facts.crls().getFirst(),
            new CollateralFacts.Crl(name, "CA " + authority, BigInteger.ONE, ISSUED)));
  }

  @Test
  void ofManyAtOnceOnlyTheNewestIsTakenAfterwards() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Optional<StaleException>>> shows =
          IntStream.range(0, 400)
              .<Callable<Optional<StaleException>>>mapToObj(
                  i -> () -> show(guard, new Facts().tcb(i * 37 % 400)))
              .toList();
      for (Future<Optional<StaleException>> shown : threads.invokeAll(shows)) {
        assertThat(shown.get().map(StaleException::reason))
            .isIn(Optional.empty(), Optional.of(Staleness.TCB_INFO_OLDER_THAN_SEEN));
      }
    }

    refused(new Facts().tcb(398), Staleness.TCB_INFO_OLDER_THAN_SEEN, "399 was seen");
    taken(new Facts().tcb(399));
  }
}
