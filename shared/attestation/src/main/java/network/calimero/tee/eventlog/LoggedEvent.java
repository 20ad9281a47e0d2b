package network.calimero.tee.eventlog;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an event log, as the log tells it.
 *
 * @param index where it stands in the log, from 0
 * @param register what it was measured into; null if it was measured into none
 * @param type its TCG event type, or dstack's for run-time events; 0 to 2³²−1
 * @param name its name; empty if it has none
 * @param digest what the register was extended with
 * @param payload what it carries; may be empty where the log leaves it out
 * @param binding whether the digest is one of name and payload
 */
public record LoggedEvent(
    int index,
    @Nullable Register register,
    long type,
    String name,
    Measurement digest,
    Bytes payload,
    Binding binding) {

  /** What a register that has the digest says of name and payload. */
  public enum Binding {
    /** The digest was computed from them here: they are what was measured. */
    COMPUTED,
    /** The digest is the log's own word: they are a comment that anyone could have written. */
    GIVEN
  }

  /** The name of its type, or the type in hex if it has none. */
  public String typeName() {
    return type == RuntimeEvent.TYPE ? "run-time event" : EventTypes.name(type);
  }
}
