package network.calimero.tee.kms.server.http;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Keeps clients that send nothing, or a byte a second, from holding connections: each has until a
 * deadline to get a whole request across, and when there are too many, the one that is waiting
 * longest makes room. A connection whose request is being worked on is never cut.
 */
final class ConnectionGuard implements Connection.Listener {
  /** In place of a time: its request is being worked on. */
  private static final long WORKING = Long.MAX_VALUE;

  /** How many times the usual number there may be while all are being worked on. */
  private static final int OVERFLOW = 2;

  private final LongSupplier nanoTime;
  private final long deadlineNanos;
  private final int maxConnections;
  private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();

  /** Measures by that clock, which only ever goes forward. */
  ConnectionGuard(HttpLimits limits, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.deadlineNanos = limits.request().toNanos();
    this.maxConnections = limits.connections();
  }

  /** How many connections there may be at a time, if all are being worked on. */
  static int most(HttpLimits limits) {
    return OVERFLOW * limits.connections();
  }

  @Override
  public void onOpened(Connection connection) {
    if (waitingSince.size() >= maxConnections && !closeLongestWaiting()) {
      // All of them are being worked on, which is over soon: that is no reason against this one.
      if (waitingSince.size() >= OVERFLOW * maxConnections) {
        cut(connection, "too many connections");
        return;
      }
    }
    waitingSince.put(connection, nanoTime.getAsLong());
  }

  @Override
  public void onClosed(Connection connection) {
    waitingSince.remove(connection);
  }

  /** Its request is there, and is being worked on. */
  void working(Connection connection) {
    waitingSince.replace(connection, WORKING);
  }

  /** Its answer is ready: the time runs in which it must take that and send another request. */
  void answered(Connection connection) {
    waitingSince.replace(connection, nanoTime.getAsLong());
  }

  /** Cuts what is past its deadline; to be called about once a second. */
  void sweep() {
    long now = nanoTime.getAsLong();
    waitingSince.forEach((connection, since) -> {
      if (since != WORKING && now - since > deadlineNanos) {
        cut(connection, "no whole request in time");
      }
    });
  }

  /** Whether there was one that was waiting. */
  private boolean closeLongestWaiting() {
    Optional<Connection> longest =
        waitingSince.entrySet().stream()
            .filter(entry -> entry.getValue() != WORKING)
            .min(Comparator.comparingLong(Map.Entry::getValue))
            .map(Map.Entry::getKey);
    longest.ifPresent(connection -> cut(connection, "too many connections"));
    return longest.isPresent();
  }

  private void cut(Connection connection, String why) {
    waitingSince.remove(connection);
    connection.getEndPoint().close(new TimeoutException(why));
  }
}
