package network.calimero.tee.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be ended, in the reverse of the order in which it began. Can be closed by another
 * thread in the middle of a start: what begins afterwards is ended at once.
 */
final class Closeables implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** Keeps it to be ended, and gives it back. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      end(resource);
    } else {
      open.push(resource);
    }
    return resource;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      end(open.pop());
    }
  }

  /** The rest is still to be ended if one cannot be. */
  private static void end(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("warning: could not clean up " + resource + ": " + e);
    }
  }
}
