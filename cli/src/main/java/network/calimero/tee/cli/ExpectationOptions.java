package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import picocli.CommandLine.Option;

/** Which program is expected to be the KMS, by its registers. */
final class ExpectationOptions {
  private static final String OR = " (96 hex digits; several with commas, any of them passes).";

  @Option(
      names = "--expect-mrtd",
      paramLabel = "HEX",
      split = ",",
      converter = MeasurementConverter.class,
      description = "The firmware that the KMS must have" + OR)
  List<Measurement> mrtd = new ArrayList<>();

  @Option(
      names = "--expect-rtmr0",
      paramLabel = "HEX",
      split = ",",
      converter = MeasurementConverter.class,
      description = "The machine shape that it must have" + OR)
  List<Measurement> rtmr0 = new ArrayList<>();

  @Option(
      names = "--expect-rtmr1",
      paramLabel = "HEX",
      split = ",",
      converter = MeasurementConverter.class,
      description = "The kernel that it must have" + OR)
  List<Measurement> rtmr1 = new ArrayList<>();

  @Option(
      names = "--expect-rtmr2",
      paramLabel = "HEX",
      split = ",",
      converter = MeasurementConverter.class,
      description = "The command line and initrd that it must have" + OR)
  List<Measurement> rtmr2 = new ArrayList<>();

  @Option(
      names = "--expect-rtmr3",
      paramLabel = "HEX",
      split = ",",
      converter = MeasurementConverter.class,
      description = "The run-time measurements that it must have" + OR)
  List<Measurement> rtmr3 = new ArrayList<>();

  @Option(
      names = "--expect-compose-hash",
      paramLabel = "HEX",
      split = ",",
      converter = HashConverter.class,
      description =
          "The dstack app that it must be, by the SHA-256 of its app-compose.json as deployed (64"
              + " hex digits; several with commas, any of them passes). Believed only if the event"
              + " log beside the quote leads to its registers.")
  List<Bytes> composeHashes = new ArrayList<>();

  @Option(
      names = "--expect-fingerprint",
      paramLabel = "HEX",
      split = ",",
      converter = HashConverter.class,
      description =
          "The keys that it must have, by the SHA-256 of its transport key (64 hex digits; several"
              + " with commas, any of them passes), which is clusterRootFingerprint in /health of a"
              + " TDX cluster: a KMS that has another gives other keys.")
  List<Bytes> fingerprints = new ArrayList<>();

  Expectations with(Set<TcbStatus> statuses) {
    Map<Register, Set<Measurement>> expected = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      List<Measurement> values = values(register);
      if (!values.isEmpty()) {
        expected.put(register, Set.copyOf(values));
      }
    }
    return new Expectations(
        statuses, expected, Set.copyOf(composeHashes), Set.copyOf(fingerprints));
  }

  private List<Measurement> values(Register register) {
    return switch (register) {
      case MRTD -> mrtd;
      case RTMR0 -> rtmr0;
      case RTMR1 -> rtmr1;
      case RTMR2 -> rtmr2;
      case RTMR3 -> rtmr3;
    };
  }
}
