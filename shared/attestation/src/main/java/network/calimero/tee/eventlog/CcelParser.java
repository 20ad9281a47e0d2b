package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.bytes.ByteReader;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.EndOfBytesException;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import network.calimero.tee.eventlog.LoggedEvent.Binding;
import network.calimero.tee.quote.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * Reads crypto-agile TCG logs: a header in the old SHA-1 format, then records of type
 * TCG_PCR_EVENT2, little-endian (TCG PC Client Platform Firmware Profile 1.06, section 10.2).
 */
final class CcelParser {
  private static final Bytes SIGNATURE = Bytes.of("Spec ID Event03\0".getBytes(US_ASCII));
  private static final int SHA384 = 0x000c;
  private static final int SHA1_SIZE = 20;

  /** Platform class, specification version and size of integers. */
  private static final int VERSION_SIZE = 8;

  private static final int MAX_ALGORITHMS = 16;
  private static final int TYPE_END = 8;
  private static final long MRTD = 0;

  private final Bytes table;
  private final ByteReader reader;
  private final List<LoggedEvent> events = new ArrayList<>();
  private Map<Integer, Integer> sizes = Map.of();

  private CcelParser(Bytes table) {
    this.table = table;
    this.reader = new ByteReader(table);
  }

  static CcelLog parse(Bytes table) throws EventLogFormatException {
    if (table.length() > EventLog.MAX_SIZE) {
      throw EventLogFormatException.of(
          Fault.TOO_LARGE, table.length() + " bytes", "at most " + EventLog.MAX_SIZE);
    }
    CcelParser parser = new CcelParser(table);
    try {
      parser.sizes = parser.header();
      while (!parser.atEnd()) {
        parser.events.add(parser.event());
      }
    } catch (EndOfBytesException e) {
      throw EventLogFormatException.of(
          Fault.TRUNCATED, String.valueOf(e.getMessage()), "whole events");
    }
    return new CcelLog(parser.events, parser.reader.offset());
  }

  private Map<Integer, Integer> header() throws EventLogFormatException, EndOfBytesException {
    reader.u32("the header's register");
    long type = reader.u32("the header's type");
    if (type != EventTypes.NO_ACTION) {
      throw EventLogFormatException.of(
          Fault.NOT_A_TCG_LOG, "a first event of type " + type, "type 3 (EV_NO_ACTION)");
    }
    reader.take(SHA1_SIZE, "the header's digest");
    ByteReader body = reader.sub(reader.u32("the header's size"), "the header");
    if (!body.take(SIGNATURE.length(), "the header's signature").equals(SIGNATURE)) {
      throw EventLogFormatException.of(Fault.NOT_A_TCG_LOG, "another signature", "Spec ID Event03");
    }
    body.take(VERSION_SIZE, "the header's version");
    return algorithms(body);
  }

  private static Map<Integer, Integer> algorithms(ByteReader body)
      throws EventLogFormatException, EndOfBytesException {
    long count = body.u32("the number of algorithms");
    if (count > MAX_ALGORITHMS) {
      throw EventLogFormatException.of(
          Fault.UNUSABLE_DIGESTS, count + " algorithms", "at most " + MAX_ALGORITHMS);
    }
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int algorithm = body.u16("an algorithm");
      if (sizes.put(algorithm, body.u16("the size of a digest")) != null) {
        throw EventLogFormatException.of(
            Fault.UNUSABLE_DIGESTS, "algorithm %d twice".formatted(algorithm), "each once");
      }
    }
    if (sizes.getOrDefault(SHA384, 0) != Measurement.SIZE) {
      throw EventLogFormatException.of(
          Fault.UNUSABLE_DIGESTS, "no SHA-384 in the header", "SHA-384, of 48 bytes");
    }
    return sizes;
  }

  /** The end of the table, or memory after the last event that nothing was written to. */
  private boolean atEnd() throws EndOfBytesException {
    int left = reader.remaining();
    if (left >= TYPE_END) {
      ByteReader ahead = new ByteReader(table.slice(reader.offset(), reader.offset() + TYPE_END));
      ahead.u32("a register");
      return EventTypes.isPadding(ahead.u32("a type"));
    }
    for (int i = table.length() - left; i < table.length(); i++) {
      if (table.byteAt(i) != 0 && table.byteAt(i) != 0xff) {
        return false;
      }
    }
    return true;
  }

  private LoggedEvent event() throws EventLogFormatException, EndOfBytesException {
    int index = events.size();
    if (index == EventLog.MAX_EVENTS) {
      throw EventLogFormatException.of(
          Fault.TOO_MANY_EVENTS, "more events", "at most " + EventLog.MAX_EVENTS);
    }
    long measuredRegister = reader.u32("a register");
    long type = reader.u32("a type");
    boolean extends_ = type != EventTypes.NO_ACTION;
    @Nullable Register register = extends_ ? register(index, measuredRegister) : null;
    @Nullable Measurement digest = digest(index);
    if (digest == null && extends_) {
      throw EventLogFormatException.at(index, Fault.UNUSABLE_DIGESTS, "no SHA-384 digest", "one");
    }
    Bytes payload = reader.take(reader.u32("the size of an event"), "an event");
    return new LoggedEvent(
        index,
        register,
        type,
        "",
        digest == null ? Measurement.ZERO : digest,
        payload,
        Binding.GIVEN);
  }

  /** 0 is MRTD, which nothing extends once the domain runs; 1 to 4 are the run-time registers. */
  private static @Nullable Register register(int index, long number)
      throws EventLogFormatException {
    if (number == MRTD) {
      return null;
    }
    @Nullable Register register = Register.of(number - 1);
    if (register == null) {
      throw EventLogFormatException.at(
          index, Fault.UNKNOWN_REGISTER, "register " + number, "0 to 4");
    }
    return register;
  }

  /** The SHA-384 digest of the next event; null if it has none. */
  private @Nullable Measurement digest(int index)
      throws EventLogFormatException, EndOfBytesException {
    long count = reader.u32("the number of digests");
    if (count > sizes.size()) {
      throw EventLogFormatException.at(
          index, Fault.UNUSABLE_DIGESTS, count + " digests", "at most " + sizes.size());
    }
    @Nullable Measurement found = null;
    for (int i = 0; i < count; i++) {
      int algorithm = reader.u16("a digest's algorithm");
      @Nullable Integer size = sizes.get(algorithm);
      if (size == null || (algorithm == SHA384 && found != null)) {
        throw EventLogFormatException.at(
            index,
            Fault.UNUSABLE_DIGESTS,
            "a digest of algorithm " + algorithm,
            "each algorithm of the header, at most once");
      }
      Bytes digest = reader.take(size, "a digest");
      found = algorithm == SHA384 ? new Measurement(digest) : found;
    }
    return found;
  }
}
