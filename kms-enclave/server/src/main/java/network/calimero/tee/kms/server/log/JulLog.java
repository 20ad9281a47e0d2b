package network.calimero.tee.kms.server.log;

import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * Events, and what libraries log, as JSON lines on one stream, through java.util.logging. There is
 * one per process: it takes over the process's logging.
 */
public final class JulLog implements EventLog {
  private static final String ROOT = "";
  private static final String LIBRARY = "org.eclipse.jetty";
  private static final String LIBRARY_PARSER = "org.eclipse.jetty.http";

  // java.util.logging holds loggers weakly: whoever lets go of one loses its level.
  private final Logger root = Logger.getLogger(ROOT);
  private final Logger library = Logger.getLogger(LIBRARY);
  private final Logger libraryParser = Logger.getLogger(LIBRARY_PARSER);

  private final FlushingHandler handler;
  private volatile Level level = Level.INFO;

  private JulLog(FlushingHandler handler) {
    this.handler = handler;
  }

  /** Sends everything from that level on to a stream, and nothing anywhere else. */
  public static JulLog takeOver(OutputStream out, Level level) {
    LogManager.getLogManager().reset();
    JulLog log = new JulLog(new FlushingHandler(out));
    log.root.addHandler(log.handler);
    log.level(level);
    return log;
  }

  /**
   * Changes how much is logged. The HTTP server talks from warnings on, and its parser, which warns
   * of what strangers send, from errors on; both more when debugging.
   */
  public void level(Level level) {
    this.level = level;
    root.setLevel(Levels.toJul(level));
    boolean debugging = level.getSeverity() <= Level.DEBUG.getSeverity();
    library.setLevel(debugging ? java.util.logging.Level.INFO : atLeast(Level.WARNING, level));
    libraryParser.setLevel(debugging ? java.util.logging.Level.INFO : atLeast(Level.ERROR, level));
  }

  private static java.util.logging.Level atLeast(Level least, Level level) {
    return Levels.toJul(level.getSeverity() < least.getSeverity() ? least : level);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Goes straight to the stream: java.util.logging lets go of its handlers as soon as the
   * process is asked to end, and what happens from then on must be told, too.
   */
  @Override
  public void tell(LogEvent event) {
    if (event.level().getSeverity() < level.getSeverity()) {
      return;
    }
    LogRecord logRecord = new LogRecord(Levels.toJul(event.level()), event.name());
    logRecord.setParameters(new Object[] {event});
    handler.publish(logRecord);
  }

  private static final class FlushingHandler extends StreamHandler {
    FlushingHandler(OutputStream out) {
      super(out, new JsonLines());
      setLevel(java.util.logging.Level.ALL);
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (java.io.UnsupportedEncodingException e) {
        throw new IllegalStateException("every Java platform has UTF-8", e);
      }
    }

    @Override
    public synchronized void publish(LogRecord logRecord) {
      super.publish(logRecord);
      flush();
    }

    /** The stream is not ours to close, and there may be more to tell. */
    @Override
    public synchronized void close() {
      flush();
    }
  }
}
