package network.calimero.tee.node;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;

/**
 * What a node wants of the KMS that answers, beyond being genuine.
 *
 * @param statuses the TCB statuses it allows, at least one; never Revoked
 * @param measurements the values it accepts per register, each judged for itself; a register that
 *     is not named is not judged, and without any nothing says which program answers
 * @param composeHashes the dstack apps that it may be, by their compose hashes of 32 bytes; empty:
 *     not judged
 * @param fingerprints SHA-256 of the transport keys that it may have, 32 bytes each: one that has
 *     another derives other keys; empty: not judged
 */
public record Expectations(
    Set<TcbStatus> statuses,
    Map<Register, Set<Measurement>> measurements,
    Set<Bytes> composeHashes,
    Set<Bytes> fingerprints) {

  /** An up-to-date platform, whatever runs on it. */
  public static final Expectations ANY_PROGRAM =
      new Expectations(Set.of(TcbStatus.UP_TO_DATE), Map.of(), Set.of(), Set.of());

  /** Checks and copies. */
  public Expectations {
    if (statuses.isEmpty() || statuses.contains(TcbStatus.REVOKED)) {
      throw new IllegalArgumentException("name at least one TCB status, and not Revoked");
    }
    statuses = Set.copyOf(statuses);
    Map<Register, Set<Measurement>> copy = new EnumMap<>(Register.class);
    measurements.forEach((register, values) -> {
      if (values.isEmpty()) {
        throw new IllegalArgumentException(register + " is to be judged but no value is accepted");
      }
      copy.put(register, Set.copyOf(values));
    });
    measurements = Map.copyOf(copy);
    composeHashes = Set.copyOf(composeHashes);
    fingerprints = Set.copyOf(fingerprints);
  }

  /**
   * Whether they tell one KMS from whatever else runs in a genuine trust domain: by a register, or
   * by the keys that it has. A compose hash alone does not, for any system can measure it.
   */
  public boolean nameTheKms() {
    return !measurements.isEmpty() || !fingerprints.isEmpty();
  }

  /** The registers that nothing is expected of. */
  public List<Register> unjudged() {
    return Arrays.stream(Register.values()).filter(r -> !measurements.containsKey(r)).toList();
  }
}
