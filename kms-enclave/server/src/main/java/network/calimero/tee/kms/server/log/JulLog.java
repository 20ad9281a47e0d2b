package network.calimero.tee.kms.server.log;

import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
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
  private static final List<String> LIBRARY_PARSERS =
      List.of("org.eclipse.jetty.http", "org.eclipse.jetty.util.HostPort");

  // java.util.logging holds loggers weakly: whoever lets go of one loses its level.
  private final Logger root = Logger.getLogger(ROOT);
  private final Logger library = Logger.getLogger(LIBRARY);
  private final List<Logger> libraryParsers =
      LIBRARY_PARSERS.stream().map(Logger::getLogger).toList();

  private final FlushingHandler handler;
  private volatile Level level = Level.INFO;

  private JulLog(FlushingHandler handler) {
    this.handler = handler;
  }

  /** Sends everything from that level on to a stream, and nothing anywhere else. */
  public static JulLog takeOver(OutputStream out, Level level) {
    return takeOver(out, level, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param nanoTime goes forward only
   */
  static JulLog takeOver(OutputStream out, Level level, LongSupplier nanoTime) {
    LogManager.getLogManager().reset();
    JulLog log = new JulLog(new FlushingHandler(out));
    log.root.addHandler(new LibraryHandler(log.handler, new LineBudget(nanoTime)));
    log.level(level);
    return log;
  }

  /**
   * Changes how much is logged. The HTTP server talks from warnings on, and its parsers, which warn
   * of what strangers send, from errors on; both more when debugging.
   */
  public void level(Level level) {
    this.level = level;
    root.setLevel(Levels.toJul(level));
    boolean debugging = level.getSeverity() <= Level.DEBUG.getSeverity();
    library.setLevel(debugging ? java.util.logging.Level.INFO : atLeast(Level.WARNING, level));
    libraryParsers.forEach(parser ->
        parser.setLevel(debugging ? java.util.logging.Level.INFO : atLeast(Level.ERROR, level)));
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
    handler.publish(logRecord(event));
  }

  private static LogRecord logRecord(LogEvent event) {
    LogRecord logRecord = new LogRecord(Levels.toJul(event.level()), event.name());
    logRecord.setParameters(new Object[] {event});
    return logRecord;
  }

  /**
   * What libraries tell. Strangers can have them warn as often as they like: as many lines as
   * {@link LineBudget} allows, and how many more there were.
   */
  private static final class LibraryHandler extends Handler {
    private final FlushingHandler lines;
    private final LineBudget budget;

    LibraryHandler(FlushingHandler lines, LineBudget budget) {
      this.lines = lines;
      this.budget = budget;
    }

    @Override
    public void publish(LogRecord logRecord) {
      long untold = budget.take();
      if (untold > 0) {
        lines.publish(
            logRecord(LogEvent.of(Level.WARNING, "library.not_told").with("lines", untold)));
      }
      if (untold >= 0) {
        lines.publish(logRecord);
      }
    }

    @Override
    public void flush() {
      // Every line is flushed when it is written.
    }

    @Override
    public void close() {
      // The stream is not ours to close, and there may be more to tell.
    }
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
