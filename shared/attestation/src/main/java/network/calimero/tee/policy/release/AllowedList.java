package network.calimero.tee.policy.release;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One list of a policy document.
 *
 * @param field where it was read from, for people; empty if no document has it
 * @param values in the document's order
 */
public record AllowedList<T>(String field, Set<T> values) {
  /** Copies, keeping the order. */
  public AllowedList {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
