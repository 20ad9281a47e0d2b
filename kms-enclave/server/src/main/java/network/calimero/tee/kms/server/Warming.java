package network.calimero.tee.kms.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Something that takes a while to make: on a thread of its own, once {@link #begin begun}, and
 * waited for only by who needs it.
 */
final class Warming<T> implements Supplier<T> {
  private final FutureTask<T> task;
  private final String threadName;

  Warming(String threadName, Supplier<T> maker) {
    this.task = new FutureTask<>(maker::get);
    this.threadName = threadName;
  }

  /** Begins to make it; to be called once. */
  void begin() {
    Thread.ofPlatform().daemon().name(threadName).start(task);
  }

  /**
   * Waits for it.
   *
   * @throws IllegalStateException if it could not be made
   */
  @Override
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the start failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
