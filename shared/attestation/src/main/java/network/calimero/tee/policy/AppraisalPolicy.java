package network.calimero.tee.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;

/** What a relying party accepts of verified evidence (RATS: Appraisal Policy for Evidence). */
public sealed interface AppraisalPolicy {

  /** The cohort that passing evidence belongs to. */
  Profile profile();

  /** What passing evidence is taken for. */
  Role role();

  /**
   * Judges status, registers and required fields. Cannot be empty in any of them.
   *
   * @param statuses at least one; Revoked is never among them
   * @param required further fields with their accepted values, each with at least one; may have no
   *     field
   */
  record Enforced(
      Profile profile,
      Role role,
      Set<TcbStatus> statuses,
      ReferenceValues references,
      Map<TdField, Set<Bytes>> required)
      implements AppraisalPolicy {

    public Enforced {
      if (statuses.isEmpty()) {
        throw new IllegalArgumentException("no TCB status is allowed: nobody would be accepted");
      }
      if (statuses.contains(TcbStatus.REVOKED)) {
        throw new IllegalArgumentException("Revoked is rejected whatever a policy says");
      }
      statuses = Set.copyOf(statuses);
      Map<TdField, Set<Bytes>> copy = new EnumMap<>(TdField.class);
      required.forEach((field, values) -> copy.put(field, checked(field, values)));
      required = Map.copyOf(copy);
    }

    /** Without further required fields. */
    public Enforced(
        Profile profile, Role role, Set<TcbStatus> statuses, ReferenceValues references) {
      this(profile, role, statuses, references, Map.of());
    }

    private static Set<Bytes> checked(TdField field, Set<Bytes> values) {
      if (values.isEmpty()) {
        throw new IllegalArgumentException(field + " is required but no value is accepted");
      }
      if (values.stream().anyMatch(value -> value.length() != field.size())) {
        throw new IllegalArgumentException(field + " has " + field.size() + " bytes");
      }
      return Set.copyOf(values);
    }
  }

  /**
   * Judges nothing beyond verification: for debugging only, and its cohort is always {@code debug},
   * so that what is released under it is never a production key (kms-config.md).
   */
  record Unenforced(Role role) implements AppraisalPolicy {

    @Override
    public Profile profile() {
      return Profile.DEBUG;
    }
  }
}
