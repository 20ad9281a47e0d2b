package network.calimero.tee.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.quote.Measurement;

/**
 * The measurements that are accepted (RATS: Reference Values). Never empty: empty would mean
 * nothing.
 */
public sealed interface ReferenceValues {

  /**
   * Whole images: MRTD of one release with RTMR2 of another never passes.
   *
   * @param tuples at least one
   */
  record Tuples(Set<MeasurementTuple> tuples) implements ReferenceValues {

    public Tuples {
      if (tuples.isEmpty()) {
        throw new IllegalArgumentException("no measurements: such a policy would accept nobody");
      }
      tuples = Set.copyOf(tuples);
    }
  }

  /**
   * One list per register, each judged for itself, as release policies and the {@code ALLOWED_…}
   * variables are: registers of different images may mix.
   *
   * @param lists all five registers, each with at least one value
   */
  record SeparateLists(Map<Register, Set<Measurement>> lists) implements ReferenceValues {

    public SeparateLists {
      Map<Register, Set<Measurement>> copy = new EnumMap<>(Register.class);
      for (Register register : Register.values()) {
        Set<Measurement> values = lists.getOrDefault(register, Set.of());
        if (values.isEmpty()) {
          throw new IllegalArgumentException(
              "the list for " + register + " is empty: such a policy would accept nobody");
        }
        copy.put(register, Set.copyOf(values));
      }
      lists = Map.copyOf(copy);
    }
  }
}
