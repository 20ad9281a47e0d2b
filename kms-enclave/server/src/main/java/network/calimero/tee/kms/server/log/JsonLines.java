package network.calimero.tee.kms.server.log;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import network.calimero.tee.log.JsonLine;
import network.calimero.tee.log.LogEvent;
import org.jspecify.annotations.Nullable;

/** Writes every record as a {@link JsonLine}. */
final class JsonLines extends Formatter {
  private static final int MAX_MESSAGE = 1_000;

  @Override
  public String format(LogRecord logRecord) {
    Object[] parameters = logRecord.getParameters();
    boolean own = parameters != null && parameters.length == 1 && parameters[0] instanceof LogEvent;
    return JsonLine.of(logRecord.getInstant(), own ? (LogEvent) parameters[0] : foreign(logRecord));
  }

  /** What libraries log. It may repeat what strangers sent, so it is cut. */
  private LogEvent foreign(LogRecord logRecord) {
    LogEvent event =
        LogEvent.of(Levels.fromJul(logRecord.getLevel()), "library")
            .with("logger", String.valueOf(logRecord.getLoggerName()))
            .with("message", cut(formatMessage(logRecord)));
    @Nullable Throwable thrown = logRecord.getThrown();
    return thrown == null ? event : event.causedBy(thrown);
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
