package network.calimero.tee.functions.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks that mostly wait for other servers, done at once: a call has only so much time. */
public final class AtOnce {
  private AtOnce() {}

  /** What may be refused, or fail at a peer. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does it. */
    T run() throws ApiException;
  }

  /**
   * The results, in the order of the tasks.
   *
   * @throws ApiException that of the first of them that has one; the others are then given up
   */
  public static <T> List<T> all(List<Task<T>> tasks) throws ApiException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> started = new ArrayList<>();
      tasks.forEach(task -> started.add(executor.submit(task::run)));
      List<T> results = new ArrayList<>();
      try {
        for (Future<T> one : started) {
          results.add(one.get());
        }
        return results;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ApiException(ApiProblem.BUSY, "interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ApiException refused) {
          throw refused;
        }
        throw new IllegalStateException(e.getCause());
      } finally {
        executor.shutdownNow();
      }
    }
  }
}
