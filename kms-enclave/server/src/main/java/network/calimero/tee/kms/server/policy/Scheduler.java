package network.calimero.tee.kms.server.policy;

import java.time.Duration;

/** Runs tasks later, one at a time. */
interface Scheduler extends AutoCloseable {

  /** Runs a task after that time, unless closed by then. */
  void after(Duration delay, Runnable task);

  /** Interrupts the task that runs, and forgets the others. */
  @Override
  void close();
}
