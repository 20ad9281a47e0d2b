package network.calimero.tee.collateral.pcs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.cache.Lru;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import org.jspecify.annotations.Nullable;

/**
 * What is held, what is being fetched, and what has failed, each bounded. Per piece there is one
 * request in flight, whoever asked for it. A failure never takes away what is held.
 */
final class ItemCache {
  /** Brings a piece, proven. */
  @FunctionalInterface
  interface Loader {
    Held load(Item item, Bytes rootCrl, Instant now) throws LoadException;
  }

  private record Failure(int count, Instant retryAt, LoadException why) {}

  private final Loader loader;
  private final CachePolicy policy;
  private final Executor executor;
  private final InstantSource clock;
  private final Lru<Item, Held> held;
  private final Lru<Item, Failure> failures;
  private final Map<Item, CompletableFuture<Held>> flights = new HashMap<>();
  private final Semaphore fetches;
  private final Semaphore backgroundFetches;

  /** Takes from the clock only how long an attempt took; "now" is always the caller's. */
  ItemCache(Loader loader, CachePolicy policy, Executor executor, InstantSource clock) {
    this.clock = clock;
    this.loader = loader;
    this.policy = policy;
    this.executor = executor;
    this.held = new Lru<>(policy.entries());
    this.failures = new Lru<>(policy.entries());
    this.fetches = new Semaphore(policy.fetches());
    this.backgroundFetches = new Semaphore(policy.backgroundFetches());
  }

  /** The piece: at once if it is held and holds now, else when it is fetched or has failed. */
  synchronized CompletableFuture<Held> get(Item item, Bytes rootCrl, Instant now) {
    Held known = held.get(item);
    if (known != null && known.validity().contains(now)) {
      if (isDue(item, known, now)) {
        refresh(item, rootCrl, now);
      }
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Held> flight = flights.get(item);
    if (flight != null) {
      return flight;
    }
    Failure failure = failures.get(item);
    if (failure != null && now.isBefore(failure.retryAt())) {
      return CompletableFuture.failedFuture(failure.why().remembered(failure.retryAt()));
    }
    return start(item, rootCrl, now, fetches).orElseGet(() -> busy(item));
  }

  /**
   * Asks again for a piece that is held but of some age, unless that failed a moment ago. Done when
   * it is fetched, or at once if there is nothing to do.
   */
  synchronized CompletableFuture<?> renew(Item item, Bytes rootCrl, Instant now) {
    CompletableFuture<Held> flight = flights.get(item);
    if (flight != null) {
      return flight;
    }
    Held known = held.get(item);
    Failure failure = failures.get(item);
    boolean young = known != null && now.isBefore(known.fetchedAt().plus(policy.renewAfter()));
    boolean failed = failure != null && now.isBefore(failure.retryAt());
    if (young || failed) {
      return CompletableFuture.completedFuture(null);
    }
    return start(item, rootCrl, now, fetches).orElseGet(() -> busy(item));
  }

  /** Starts, in the background, to refresh what is due, as far as there is room. */
  synchronized List<CompletableFuture<Held>> refreshDue(Instant now) {
    Map<Item, Held> pieces = held.copy();
    Held root = pieces.get(new Item.RootCrl());
    boolean rooted = root != null && root.validity().contains(now);
    List<CompletableFuture<Held>> started = new ArrayList<>();
    pieces.forEach((item, piece) -> {
      boolean possible = rooted || item instanceof Item.RootCrl;
      if (possible && isDue(item, piece, now)) {
        Bytes rootCrl = rooted && root != null ? root.document().text() : Bytes.EMPTY;
        refresh(item, rootCrl, now).ifPresent(started::add);
      }
    });
    return started;
  }

  private boolean isDue(Item item, Held piece, Instant now) {
    Failure failure = failures.get(item);
    return !now.isBefore(piece.refreshAt())
        && (failure == null || !now.isBefore(failure.retryAt()))
        && !flights.containsKey(item);
  }

  private Optional<CompletableFuture<Held>> refresh(Item item, Bytes rootCrl, Instant now) {
    return start(item, rootCrl, now, backgroundFetches);
  }

  private static CompletableFuture<Held> busy(Item item) {
    return CompletableFuture.failedFuture(
        new LoadException(
            Code.BUSY, "", item.title() + " is not asked for: too many others are being fetched"));
  }

  /** Empty if there is no room. Called under the lock, for a piece that is not in flight. */
  private Optional<CompletableFuture<Held>> start(
      Item item, Bytes rootCrl, Instant now, Semaphore room) {
    if (!room.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<Held> flight = new CompletableFuture<>();
    flights.put(item, flight);
    try {
      executor.execute(() -> fly(item, rootCrl, now, room, flight));
    } catch (RejectedExecutionException e) {
      land(item, room);
      flight.completeExceptionally(
          new LoadException(Code.INTERRUPTED, "", "this source of collateral is closed"));
    }
    return Optional.of(flight);
  }

  private void fly(
      Item item, Bytes rootCrl, Instant now, Semaphore room, CompletableFuture<Held> flight) {
    Instant started = clock.instant();
    try {
      Held loaded = loader.load(item, rootCrl, now);
      synchronized (this) {
        held.put(item, newer(held.get(item), loaded, now));
        failures.remove(item);
        land(item, room);
      }
      flight.complete(loaded);
    } catch (LoadException e) {
      synchronized (this) {
        failures.put(item, next(failures.get(item), e, now.plus(since(started))));
        land(item, room);
      }
      flight.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      land(item, room);
      flight.completeExceptionally(e);
    }
  }

  /** A server that serves an older piece than is known does not undo what the newer one says. */
  private static Held newer(@Nullable Held known, Held loaded, Instant now) {
    boolean older =
        known != null
            && known.validity().contains(now)
            && loaded.issuedAt().isBefore(known.issuedAt());
    return older && known != null ? known.checkedAgain(loaded) : loaded;
  }

  private synchronized void land(Item item, Semaphore room) {
    flights.remove(item);
    room.release();
  }

  private Duration since(Instant started) {
    Duration passed = Duration.between(started, clock.instant());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  /** The pause begins when the attempt is over, else a slow server would be asked without one. */
  private Failure next(@Nullable Failure before, LoadException why, Instant over) {
    int count = before == null ? 1 : before.count() + 1;
    Duration pause = policy.pause(count);
    return new Failure(count, over.plus(pause), why);
  }

  /** Everything that is held or failing. */
  synchronized List<CollateralStatus.Piece> status() {
    Map<Item, Held> pieces = held.copy();
    Map<Item, Failure> failing = failures.copy();
    Set<Item> items = new LinkedHashSet<>(pieces.keySet());
    items.addAll(failing.keySet());
    List<CollateralStatus.Piece> status = new ArrayList<>();
    for (Item item : items) {
      Optional<Held> piece = Optional.ofNullable(pieces.get(item));
      Optional<Failure> failure = Optional.ofNullable(failing.get(item));
      status.add(
          new CollateralStatus.Piece(
              item.title(),
              item.isForAll(),
              piece.map(Held::fetchedAt),
              piece.map(p -> p.validity().notAfter()),
              piece.map(Held::refreshAt),
              failure.map(f -> f.why().getMessage()),
              failure.map(Failure::retryAt)));
    }
    return status;
  }

  /** What is being fetched right now. */
  synchronized List<CompletableFuture<Held>> inFlight() {
    return List.copyOf(flights.values());
  }
}
