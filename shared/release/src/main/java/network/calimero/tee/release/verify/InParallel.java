package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import network.calimero.tee.release.source.SourceException;

/** Tasks that run at the same time. */
final class InParallel {
  private InParallel() {}

  /**
   * Their results, in their order.
   *
   * @throws SourceException of the first, in that order, that failed; the others are given up
   */
  static <T> List<T> run(ExecutorService executor, List<Callable<T>> tasks) throws SourceException {
    List<Future<T>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(executor.submit(task)));
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  /** The result of one, waited for. */
  static <T> T result(Future<T> future) throws SourceException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(SourceException.Code.INTERRUPTED, "interrupted");
    }
  }
}
