package network.calimero.tee.kms.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.kms.time.StaleException;
import network.calimero.tee.kms.time.Staleness;
import network.calimero.tee.quote.Quote;
import org.junit.jupiter.api.Test;

/**
 * A real quote of a platform that Intel's set 21 calls OutOfDate and the older set 19 UpToDate, at
 * a time at which both are validly signed, and 19 is the one that was signed last: the KMS follows
 * the set with the higher number.
 */
class ReplayedSetTest {
  private static final Path CORPUS = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));
  private static final String QUOTE = "quotes/tdx-v4/00806f050000-4cca351e79.bin";
  private static final String SET_19 = "collateral/bundles/tdx-00806f050000-e19-b040.json";
  private static final String SET_21 = "collateral/bundles/tdx-00806f050000-e21-b046.json";
  private static final Instant NOW = Instant.parse("2026-06-30T08:22:19Z");

  private final AtomicReference<Optional<Collateral>> served =
      new AtomicReference<>(Optional.empty());
  private final OnlineVerifier verifier =
      new OnlineVerifier(
          new DcapVerifier(TrustAnchor.intel(), VerifierOptions.STRICT),
          (_, _, _) -> served.get().orElseThrow());
  private final FreshnessGuard guard = guard(Minimums.NONE);

  private static FreshnessGuard guard(Minimums minimums) {
    return new FreshnessGuard(Instant.EPOCH, minimums, new SeenCollateral());
  }

  private static Bytes file(String name) throws IOException {
    boolean there = Files.isRegularFile(CORPUS.resolve("EXPECTED.json"));
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus at " + CORPUS + " (set -Dmero.corpus=…): no real set was replayed");
    }
    assumeTrue(there, "no corpus at " + CORPUS);
    return Bytes.of(Files.readAllBytes(CORPUS.resolve(name)));
  }

  private String status(String set, FreshnessGuard by) throws Exception {
    served.set(Optional.of(CollateralJson.parse(file(set))));
    return verifier.verify(Quote.parse(file(QUOTE)), NOW, by.at(NOW)).tcb().status().text();
  }

  private StaleException refusal(String set, FreshnessGuard by) {
    return catchThrowableOfType(StaleException.class, () -> status(set, by));
  }

  @Test
  void afterTheNewestSetTheOlderOneIsRefused() throws Exception {
    assertThat(status(SET_21, guard)).isEqualTo("OutOfDate");

    StaleException refusal = refusal(SET_19, guard);

    assertThat(refusal.reason()).isEqualTo(Staleness.TCB_INFO_OLDER_THAN_SEEN);
    assertThat(refusal).hasMessageContainingAll("00806f050000", "number 19", "21 was seen");
    assertThat(status(SET_21, guard)).isEqualTo("OutOfDate");
  }

  @Test
  void afterTheOlderSetTheNewestIsFollowed() throws Exception {
    assertThat(status(SET_19, guard)).isEqualTo("UpToDate");
    assertThat(status(SET_21, guard)).isEqualTo("OutOfDate");
    assertThat(refusal(SET_19, guard).reason()).isEqualTo(Staleness.TCB_INFO_OLDER_THAN_SEEN);
  }

  @Test
  void theMeasuredMinimumRefusesTheOlderSetFromTheStart() throws Exception {
    FreshnessGuard strict = guard(new Minimums(21, 21));

    assertThat(refusal(SET_19, strict).reason()).isEqualTo(Staleness.TCB_INFO_BELOW_MINIMUM);
    assertThat(status(SET_21, strict)).isEqualTo("OutOfDate");
  }
}
