package network.calimero.tee.eventlog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.quote.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * What the registers would hold had a log's events happened, from 48 zero bytes on
 * (measurements.md, "Registers"). Says nothing of whether they did.
 */
public final class Replay {
  private final List<Step> steps;
  private final Map<Register, Measurement> values;
  private final Set<Register> extended;

  /**
   * One event and what it did.
   *
   * @param event the event
   * @param after what its register held after it; null if it extended none
   */
  public record Step(LoggedEvent event, @Nullable Measurement after) {}

  private Replay(List<Step> steps, Map<Register, Measurement> values, Set<Register> extended) {
    this.steps = List.copyOf(steps);
    this.values = values;
    this.extended = extended;
  }

  /** Replays all events of a log. */
  public static Replay of(EventLog log) {
    Map<Register, Measurement> values = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      values.put(register, Measurement.ZERO);
    }
    Set<Register> extended = EnumSet.noneOf(Register.class);
    List<Step> steps = new ArrayList<>(log.events().size());
    for (LoggedEvent event : log.events()) {
      @Nullable Measurement after = null;
      if (event.register() != null) {
        after =
            values.compute(
                event.register(), (_, value) -> Sha384.extend(orZero(value), event.digest()));
        extended.add(event.register());
      }
      steps.add(new Step(event, after));
    }
    return new Replay(steps, values, extended);
  }

  private static Measurement orZero(@Nullable Measurement value) {
    return value == null ? Measurement.ZERO : value;
  }

  /** Every event in the order of the log. */
  public List<Step> steps() {
    return steps;
  }

  /** What the register holds after the last event. */
  public Measurement value(Register register) {
    return orZero(values.get(register));
  }

  /** Whether any event of the log extends the register. */
  public boolean extended(Register register) {
    return extended.contains(register);
  }
}
