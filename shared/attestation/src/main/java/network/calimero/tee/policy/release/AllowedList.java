package network.calimero.tee.policy.release;

import java.util.Set;

/**
 * One list of a policy document.
 *
 * @param field where it was read from, for people
 */
record AllowedList<T>(String field, Set<T> values) {
  AllowedList {
    values = Set.copyOf(values);
  }
}
