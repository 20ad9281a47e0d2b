package network.calimero.tee.simulator.releases;

import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;

/** What a machine measures: MRTD and RTMR0 to RTMR3, 96 hex digits each. */
public record Registers(String mrtd, String rtmr0, String rtmr1, String rtmr2, String rtmr3) {
  /** The lists that have them, in order, without the prefix of a role. */
  static final List<String> LISTS =
      List.of("allowed_mrtd", "allowed_rtmr0", "allowed_rtmr1", "allowed_rtmr2", "allowed_rtmr3");

  /** Those of a running machine, as they stand. */
  public static Registers of(SimulatedTdxMachine machine) {
    return new Registers(
        Bytes.hex(machine.mrTd()),
        Bytes.hex(machine.rtmr(0)),
        Bytes.hex(machine.rtmr(1)),
        Bytes.hex(machine.rtmr(2)),
        Bytes.hex(machine.rtmr(3)));
  }

  /**
   * Those that names stand for: of the firmware, the kernel, the image and what it does at run
   * time. Images of one cloud share the first.
   */
  public static Registers named(String firmware, String kernel, String image, String runtime) {
    return new Registers(
        hash(firmware + "/mrtd"),
        hash(firmware + "/rtmr0"),
        hash(kernel + "/rtmr1"),
        hash(image + "/rtmr2"),
        hash(runtime + "/rtmr3"));
  }

  /** The same with another RTMR3. */
  public Registers withRtmr3(String value) {
    return new Registers(mrtd, rtmr0, rtmr1, rtmr2, value);
  }

  /** In the order of the lists. */
  List<String> values() {
    return List.of(mrtd, rtmr0, rtmr1, rtmr2, rtmr3);
  }

  private static String hash(String name) {
    return Bytes.hex(Hash.sha384(name));
  }
}
