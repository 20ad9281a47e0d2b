package network.calimero.tee.functions.verify;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The time that one call may take; what does not end in it is given up, the rest is answered. */
final class Budget {
  private final LongSupplier nanoTime;
  private final long end;
  private final ExecutorService executor;

  Budget(Duration total, LongSupplier nanoTime, ExecutorService executor) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + total.toNanos();
    this.executor = executor;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  /** The result of a task; empty if there is none in time. The task is then interrupted. */
  <T> Optional<T> within(Callable<T> task) {
    Future<T> future = executor.submit(task);
    try {
      return Optional.of(future.get(left().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      future.cancel(true);
    }
  }
}
