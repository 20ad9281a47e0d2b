package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import network.calimero.tee.eventlog.LoggedEvent.Binding;
import network.calimero.tee.quote.Measurement;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one event of a dstack log (measurements.md, "Event logs"). */
final class DstackEventReader {
  private static final long MAX_U32 = 0xffff_ffffL;

  private final int index;
  private final JsonNode event;

  DstackEventReader(int index, JsonNode event) {
    this.index = index;
    this.event = event;
  }

  LoggedEvent read() throws EventLogFormatException {
    if (!event.isObject()) {
      throw fault(Fault.MALFORMED_JSON, "something else", "a JSON object");
    }
    Register register = register();
    long type = number(field("event_type", "eventType"), "event_type");
    String name = text(event.get("event"), "event");
    @Nullable JsonNode carried = field("event_payload", "eventPayload");
    if (type == RuntimeEvent.TYPE) {
      Bytes payload = payload(text(carried, "event_payload"));
      Measurement digest = computedDigest(name, payload);
      return new LoggedEvent(index, register, type, name, digest, payload, Binding.COMPUTED);
    }
    if (register == Register.RTMR3) {
      throw fault(
          Fault.NOT_A_RUNTIME_EVENT, "event type " + type, "event type " + RuntimeEvent.TYPE);
    }
    Bytes payload = isAbsent(carried) ? Bytes.EMPTY : payload(text(carried, "event_payload"));
    return new LoggedEvent(index, register, type, name, bootDigest(), payload, Binding.GIVEN);
  }

  private Register register() throws EventLogFormatException {
    long imr = number(event.get("imr"), "imr");
    @Nullable Register register = Register.of(imr);
    if (register == null) {
      throw fault(Fault.UNKNOWN_REGISTER, "imr " + imr, "imr 0 to 3");
    }
    return register;
  }

  private Measurement bootDigest() throws EventLogFormatException {
    @Nullable Measurement digest = givenDigest();
    if (digest == null) {
      throw fault(Fault.MALFORMED_FIELD, "no digest", "96 hex digits");
    }
    return digest;
  }

  /** Never the log's word: what it gives must be the same. */
  private Measurement computedDigest(String name, Bytes payload) throws EventLogFormatException {
    Bytes content = content(name, payload);
    Measurement digest = Sha384.of(content);
    @Nullable Measurement given = givenDigest();
    if (given != null && !given.equals(digest)) {
      throw fault(Fault.DIGEST_MISMATCH, given.hex(), digest.hex());
    }
    @Nullable JsonNode preimage = event.get("preimage");
    if (!isAbsent(preimage) && !content.equals(hex(text(preimage, "preimage"), "preimage"))) {
      throw fault(Fault.PREIMAGE_MISMATCH, "another text", "the one that is hashed of the event");
    }
    return digest;
  }

  private Bytes content(String name, Bytes payload) throws EventLogFormatException {
    @Nullable JsonNode version = event.get("version");
    long number = isAbsent(version) ? 1 : number(version, "version");
    if (number == 1) {
      return RuntimeEvent.version1(name, payload);
    }
    if (number == 2) {
      return RuntimeEvent.version2(name, payload);
    }
    throw fault(Fault.MALFORMED_FIELD, "version " + number, "version 1 or 2");
  }

  /** Null if none is given; a short one is padded with zeros. */
  private @Nullable Measurement givenDigest() throws EventLogFormatException {
    @Nullable JsonNode field = event.get("digest");
    String digits = isAbsent(field) ? "" : text(field, "digest");
    if (digits.isEmpty()) {
      return null;
    }
    if (digits.length() > 2 * Measurement.SIZE) {
      throw fault(Fault.MALFORMED_FIELD, "a digest of " + digits.length() + " digits", "96");
    }
    return Measurement.of(Arrays.copyOf(hex(digits, "digest").toArray(), Measurement.SIZE));
  }

  /** Hex, or else text. */
  private static Bytes payload(String text) {
    return Hex.isHex(text) ? Bytes.fromHex(text) : Bytes.of(text.getBytes(UTF_8));
  }

  private Bytes hex(String text, String name) throws EventLogFormatException {
    try {
      return Bytes.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw fault(Fault.MALFORMED_FIELD, name + ": " + e.getMessage(), "hex");
    }
  }

  private long number(@Nullable JsonNode field, String name) throws EventLogFormatException {
    if (field == null || !field.isIntegralNumber() || !field.canConvertToLong()) {
      throw fault(Fault.MALFORMED_FIELD, "no whole number in " + name, "0 to 2^32-1");
    }
    long value = field.longValue();
    if (value < 0 || value > MAX_U32) {
      throw fault(Fault.MALFORMED_FIELD, name + " " + value, "0 to 2^32-1");
    }
    return value;
  }

  /** Text that has one spelling in UTF-8: half a pair of surrogates has none. */
  private String text(@Nullable JsonNode field, String name) throws EventLogFormatException {
    if (field == null || !field.isString()) {
      throw fault(Fault.MALFORMED_FIELD, "no text in " + name, "a text");
    }
    String text = field.stringValue();
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw fault(Fault.MALFORMED_FIELD, "half a character in " + name, "a text");
    }
    return text;
  }

  private @Nullable JsonNode field(String name, String otherSpelling)
      throws EventLogFormatException {
    @Nullable JsonNode first = event.get(name);
    @Nullable JsonNode second = event.get(otherSpelling);
    if (first != null && second != null) {
      throw fault(
          Fault.MALFORMED_FIELD, "both " + name + " and " + otherSpelling, "one of the two");
    }
    return first == null ? second : first;
  }

  private static boolean isAbsent(@Nullable JsonNode field) {
    return field == null || field.isNull();
  }

  private EventLogFormatException fault(Fault fault, String found, String expected) {
    return EventLogFormatException.at(index, fault, found, expected);
  }
}
