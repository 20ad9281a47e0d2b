package network.calimero.tee.collateral.pcs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.CollateralCheck;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.TeeType;

/**
 * Collateral from servers of PCS v4, kept until its next update and refreshed in the background
 * while it is given out (dcap.md, "Caching"; kms-config.md: asked for again at least once a day).
 * Only what is proven is kept, so no answer can push out or poison a good one.
 *
 * <p>A caller that has to wait does so for the root CRL and then for the other three pieces at
 * once, each at most {@link PcsLimits#answer} per server. Close it to end its threads.
 */
public final class CachingCollateralSource implements CollateralSource, AutoCloseable {
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final Item ROOT_CRL = new Item.RootCrl();

  private final InstantSource clock;
  private final ExecutorService executor;
  private final PcsHttp http;
  private final ItemCache cache;

  /**
   * A source that holds nothing yet.
   *
   * @param bases the servers, in the order in which they are asked; at least one
   * @param anchor the root under which everything must be proven before it is kept
   * @param clock for what it does of its own accord
   */
  public CachingCollateralSource(
      List<PcsBase> bases,
      TrustAnchor anchor,
      VerifierOptions options,
      PcsLimits limits,
      CachePolicy policy,
      InstantSource clock) {
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("no PCS or PCCS to fetch collateral from");
    }
    this.clock = clock;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.http = new PcsHttp(limits, executor);
    ItemLoader loader =
        new ItemLoader(
            List.copyOf(bases),
            new PcsClient(http, limits),
            new CollateralCheck(anchor, options),
            policy);
    this.cache = new ItemCache(loader::load, policy, executor, clock);
  }

  @Override
  public Collateral collateral(PckChain chain, TeeType tee, Instant now)
      throws CollateralUnavailableException, VerificationException {
    Document root = await(cache.get(ROOT_CRL, Bytes.EMPTY, now));
    CompletableFuture<Held> pckCrl = cache.get(pckCrl(chain), root.text(), now);
    CompletableFuture<Held> tcbInfo = cache.get(tcbInfo(chain, tee), root.text(), now);
    CompletableFuture<Held> qeIdentity = cache.get(qeIdentity(tee), root.text(), now);
    return collateral(root, await(pckCrl), await(tcbInfo), await(qeIdentity));
  }

  @Override
  public Collateral renewed(PckChain chain, TeeType tee, Instant now)
      throws CollateralUnavailableException, VerificationException {
    settle(cache.renew(ROOT_CRL, Bytes.EMPTY, now));
    Document root = await(cache.get(ROOT_CRL, Bytes.EMPTY, now));
    settle(
        cache.renew(pckCrl(chain), root.text(), now),
        cache.renew(tcbInfo(chain, tee), root.text(), now),
        cache.renew(qeIdentity(tee), root.text(), now));
    return collateral(chain, tee, now);
  }

  private static Item pckCrl(PckChain chain) {
    return new Item.PckCrl(chain.pckAuthority());
  }

  private static Item tcbInfo(PckChain chain, TeeType tee) {
    return new Item.TcbInfo(tee, chain.fmspc());
  }

  private static Item qeIdentity(TeeType tee) {
    return new Item.QeIdentity(tee);
  }

  private static Collateral collateral(
      Document root, Document pckCrl, Document tcbInfo, Document qeIdentity) {
    return new Collateral(
        pckCrl.issuerChain(),
        root.text(),
        pckCrl.text(),
        tcbInfo.issuerChain(),
        tcbInfo.text(),
        tcbInfo.signature(),
        qeIdentity.issuerChain(),
        qeIdentity.text(),
        qeIdentity.signature(),
        Optional.empty());
  }

  private static Document await(CompletableFuture<Held> piece)
      throws CollateralUnavailableException, VerificationException {
    try {
      return piece.get().document();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadException failure) {
        throw failure.unavailable();
      }
      throw new IllegalStateException("loading collateral failed in an unexpected way", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollateralUnavailableException(Code.INTERRUPTED, "", "interrupted while waiting");
    }
  }

  /** Waits for attempts whose failure changes nothing: what was held is still there. */
  private static void settle(CompletableFuture<?>... attempts)
      throws CollateralUnavailableException {
    CompletableFuture<Void> all = CompletableFuture.allOf(attempts).exceptionally(failure -> null);
    try {
      all.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollateralUnavailableException(Code.INTERRUPTED, "", "interrupted while waiting");
    }
  }

  /**
   * Looks once a minute, until closed, for what is due to be refreshed, so that collateral stays
   * fresh while nobody asks for it. Without it only use triggers refreshes.
   */
  public void keepFresh() {
    executor.execute(() -> {
      try {
        while (!executor.isShutdown()) {
          refreshDue().join();
          Thread.sleep(TICK);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /**
   * Starts to refresh what is due now, in the background and a few pieces at a time.
   *
   * @return done when the attempts are over, however they ended
   */
  public CompletableFuture<Void> refreshDue() {
    return over(cache.refreshDue(clock.instant()));
  }

  /** Done when everything that is being fetched right now is over. */
  CompletableFuture<Void> quiet() {
    return over(cache.inFlight());
  }

  private static CompletableFuture<Void> over(List<CompletableFuture<Held>> attempts) {
    return CompletableFuture.allOf(attempts.toArray(CompletableFuture<?>[]::new))
        .exceptionally(failure -> null);
  }

  /** What is held and what fails, now. */
  public CollateralStatus status() {
    return new CollateralStatus(cache.status());
  }

  /** Ends all that is being fetched; later calls fail with {@link Code#INTERRUPTED}. */
  @Override
  public void close() {
    executor.shutdownNow();
    http.close();
  }
}
