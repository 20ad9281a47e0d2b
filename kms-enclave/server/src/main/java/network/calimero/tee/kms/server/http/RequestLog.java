package network.calimero.tee.kms.server.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.server.log.LineBudget;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * Tells of every request: who, what came of it, how long it took. Of refusals as many as {@link
 * LineBudget} allows, and how many more there were.
 */
final class RequestLog {
  private final EventLog log;
  private final String prefix;
  private final AtomicLong count = new AtomicLong();
  private final LineBudget refusals;

  /**
   * A log.
   *
   * @param process tells requests of this process from those before a restart
   * @param nanoTime goes forward only
   */
  RequestLog(EventLog log, byte[] process, LongSupplier nanoTime) {
    this.log = log;
    this.refusals = new LineBudget(nanoTime);
    this.prefix = HexFormat.of().formatHex(process) + "-";
  }

  /** What the next request is called, in the log and in the answer. */
  String nextId() {
    return prefix + count.incrementAndGet();
  }

  /** Tells of one. */
  void tell(
      String id, String method, String path, Optional<PeerId> peer, Answer answer, Duration took) {
    Level level = level(path, answer);
    long untold = 0;
    if (level != Level.DEBUG && !answer.outcome().equals(Answer.OK)) {
      untold = refusals.take();
      level = untold < 0 ? Level.DEBUG : level;
    }
    LogEvent event =
        LogEvent.of(level, "request")
            .with("requestId", id)
            .with("method", method)
            .with("path", path)
            .with("status", answer.status())
            .with("outcome", answer.outcome())
            .with("durationMs", took.toMillis());
    if (peer.isPresent()) {
      event = event.with("peerId", peer.get().text());
    }
    if (untold > 0) {
      event = event.with("refusalsNotTold", untold);
    }
    if (!answer.details().isEmpty()) {
      event = event.with("details", answer.details());
    }
    log.tell(withCause(event, answer));
  }

  private static LogEvent withCause(LogEvent event, Answer answer) {
    if (answer.cause().isEmpty()) {
      return event;
    }
    Throwable cause = answer.cause().get();
    return answer.outcome().equals(KmsError.INTERNAL_ERROR.tag())
        ? event.causedBy(cause)
        : event.with("reason", String.valueOf(cause.getMessage()));
  }

  /** What strangers can cause at will, and what happens all the time, is told when debugging. */
  private static Level level(String path, Answer answer) {
    if (answer.outcome().equals(Answer.OK)) {
      return path.equals("/get-key") || path.equals("/cluster/join") ? Level.INFO : Level.DEBUG;
    }
    return switch (answer.status()) {
      case 400, 404, 405, 408, 413, 414, 415, 417, 426, 431, 501, 505 -> Level.DEBUG;
      case 500, 503 -> Level.WARNING;
      default -> Level.INFO;
    };
  }
}
