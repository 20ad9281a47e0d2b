package network.calimero.tee.eventlog;

import java.util.List;
import network.calimero.tee.bytes.Bytes;

/**
 * The log of a trust domain's firmware and boot loader, as the ACPI table CCEL leads to it: a TCG
 * crypto-agile log, of which the SHA-384 digests are read (measurements.md, "Event logs").
 *
 * <p>The digests are the log's word, and so is what its events carry: it serves to see where two
 * machines differ, and to check RTMR0 to RTMR2.
 */
public final class CcelLog implements EventLog {
  private final List<LoggedEvent> events;
  private final int length;

  CcelLog(List<LoggedEvent> events, int length) {
    this.events = List.copyOf(events);
    this.length = length;
  }

  /**
   * Reads a log.
   *
   * @param table the whole table, at most {@link #MAX_SIZE} bytes; after the last event it may go
   *     on with padding, which is not read
   * @throws EventLogFormatException if it is not such a log
   */
  public static CcelLog parse(Bytes table) throws EventLogFormatException {
    return CcelParser.parse(table);
  }

  /** The events after the header, in the order of the log. */
  @Override
  public List<LoggedEvent> events() {
    return events;
  }

  /** How many bytes the header and the events take, without padding. */
  public int length() {
    return length;
  }

  @Override
  public String kind() {
    return "CCEL";
  }
}
