package network.calimero.tee.policy.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Measurement;

/**
 * What a document says of one role.
 *
 * @param statuses just UpToDate, without a field, if the document has no such list
 * @param registers all five; lists may be empty
 */
public record AllowedValues(
    AllowedList<TcbStatus> statuses, Map<Register, AllowedList<Measurement>> registers) {
  /** Copies. */
  public AllowedValues {
    registers = Collections.unmodifiableMap(new EnumMap<>(registers));
  }

  /** The list of one register. */
  public AllowedList<Measurement> list(Register register) {
    return registers.getOrDefault(register, new AllowedList<>("", Set.of()));
  }

  /**
   * The policy.
   *
   * @throws PolicyDocumentException naming every list that is empty
   */
  public AppraisalPolicy.Enforced policy(Profile profile, Role role)
      throws PolicyDocumentException {
    List<String> empty = new ArrayList<>();
    note(statuses, empty);
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    registers.forEach((register, list) -> {
      note(list, empty);
      lists.put(register, list.values());
    });
    if (!empty.isEmpty()) {
      throw new PolicyDocumentException(
          String.join(", ", empty), "no value: such a policy would accept nobody");
    }
    return new AppraisalPolicy.Enforced(
        profile, role, statuses.values(), new ReferenceValues.SeparateLists(lists));
  }

  private static void note(AllowedList<?> list, List<String> empty) {
    if (list.values().isEmpty()) {
      empty.add(list.field());
    }
  }
}
