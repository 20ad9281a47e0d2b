package network.calimero.tee.functions.api;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * Tells of every call, in words that can be searched for: constant names, codes, known paths. Of
 * what callers send nothing gets there but what a refusal found, on one line and without characters
 * that steer; bodies, headers and queries never do.
 */
final class CallLog {
  private static final int MAX_TEXT = 300;
  private static final String OTHER = "other";

  private final EventLog log;
  private final String service;

  CallLog(EventLog log, String service) {
    this.log = log;
    this.service = service;
  }

  /**
   * What is known of a call.
   *
   * @param method empty if it is none that anything is called with
   * @param path empty if there is nothing at it
   */
  record Seen(String id, String method, String path, Optional<Caller> caller) {}

  void tell(Seen seen, Outcome outcome, Duration took) {
    LogEvent event =
        LogEvent.of(outcome.status() < 500 ? Level.INFO : Level.WARNING, "call")
            .with("service", service)
            .with("requestId", seen.id())
            .with("method", seen.method().isEmpty() ? OTHER : seen.method())
            .with("path", seen.path().isEmpty() ? OTHER : seen.path())
            .with("status", outcome.status())
            .with("code", outcome.code())
            .with("durationMs", took.toMillis());
    if (seen.caller().isPresent()) {
      Caller caller = seen.caller().get();
      event =
          event.with("caller", caller.proof() + " " + PlainText.bounded(caller.name(), MAX_TEXT));
    }
    log.tell(outcome.refusal().isPresent() ? refused(event, outcome.refusal().get()) : event);
  }

  private static LogEvent refused(LogEvent event, ApiException why) {
    LogEvent more = event.with("found", PlainText.bounded(why.found(), MAX_TEXT));
    Throwable cause = why.getCause();
    if (cause == null) {
      return more;
    }
    return why.problem() == ApiProblem.INTERNAL_ERROR
        ? more.causedBy(cause)
        : more.with("reason", PlainText.bounded(String.valueOf(cause.getMessage()), MAX_TEXT));
  }
}
