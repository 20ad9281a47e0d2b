package network.calimero.tee.eventlog;

import java.util.List;

/**
 * An event log as its bytes say it is: parsed and bounded, proven to be nobody's. {@link Replay}
 * says what registers it leads to, {@link ProvenLog} whether a verified quote has them.
 */
public sealed interface EventLog permits DstackLog, CcelLog {
  /** The most bytes of a log that are looked at: 1 MiB. Real ones have up to 64 KiB. */
  int MAX_SIZE = 1 << 20;

  /** The most events that are looked at. Real logs have up to 50. */
  int MAX_EVENTS = 4096;

  /** The events in the order of the log; the list cannot be changed. */
  List<LoggedEvent> events();

  /** What kind of log it is, in a word or two for people. */
  String kind();
}
