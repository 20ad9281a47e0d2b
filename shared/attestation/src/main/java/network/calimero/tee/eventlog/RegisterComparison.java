package network.calimero.tee.eventlog;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;

/**
 * One register: what a log replays to beside what a report has. Means nothing as long as the report
 * is not a verified quote's.
 *
 * @param register the register
 * @param replayed what the log leads to
 * @param reported what the report has
 * @param outcome what that amounts to
 * @param equalAfter the index of the last event after which the replay had the report's value, if
 *     it differs in the end: the log then goes on where the quote had been made
 */
public record RegisterComparison(
    Register register,
    Measurement replayed,
    Measurement reported,
    Outcome outcome,
    OptionalInt equalAfter) {

  /** What comparing can come to. */
  public enum Outcome {
    /** Both have the same. */
    EQUAL,
    /** The log has events for this register, and leads elsewhere. */
    DIFFERENT,
    /** The log has no event for this register, though something was measured into it. */
    NOT_IN_LOG
  }

  /** Compares all four registers, in order. */
  public static List<RegisterComparison> all(Replay replay, TdReport report) {
    return Arrays.stream(Register.values())
        .map(register -> of(register, replay, register.in(report)))
        .toList();
  }

  private static RegisterComparison of(Register register, Replay replay, Measurement reported) {
    Measurement replayed = replay.value(register);
    Outcome outcome = Outcome.EQUAL;
    if (!replayed.equals(reported)) {
      outcome = replay.extended(register) ? Outcome.DIFFERENT : Outcome.NOT_IN_LOG;
    }
    OptionalInt equalAfter =
        outcome == Outcome.DIFFERENT ? lastEqual(register, replay, reported) : OptionalInt.empty();
    return new RegisterComparison(register, replayed, reported, outcome, equalAfter);
  }

  private static OptionalInt lastEqual(Register register, Replay replay, Measurement reported) {
    return replay.steps().stream()
        .filter(step -> step.event().register() == register && reported.equals(step.after()))
        .mapToInt(step -> step.event().index())
        .max();
  }
}
