package network.calimero.tee.release.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.AllowedValues;

/**
 * Whom one set of lists lets in.
 *
 * @param role what a machine is taken for that is let in
 * @param profile its cohort; empty where the document has none
 * @param composeHashes of a KMS on dstack, 32 bytes each; empty where there is no such list
 */
public record Cohort(
    Role role,
    Optional<Profile> profile,
    AllowedValues values,
    Optional<AllowedList<Bytes>> composeHashes) {

  /** Whom, in words: {@code node, locked-read-only}. */
  public String words() {
    String name = role == Role.KMS ? "KMS" : role.toString();
    return profile.map(it -> name + ", " + it.text()).orElse(name);
  }

  /** Whether a machine exists that both let in: every register has a common value. */
  boolean overlaps(Cohort other) {
    for (Register register : Register.values()) {
      if (!shares(other, register)) {
        return false;
      }
    }
    return true;
  }

  /** Whether both accept a common value of that register. */
  boolean shares(Cohort other, Register register) {
    return values.list(register).values().stream()
        .anyMatch(other.values.list(register).values()::contains);
  }
}
