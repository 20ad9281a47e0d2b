package network.calimero.tee.fuzz;

import network.calimero.tee.bytes.Bytes;

/** What the fuzzer runs; {@code scripts/fuzz} starts it with the name of a {@link Target}. */
public final class FuzzTarget {
  private static volatile Target target = Targets.all().getFirst();

  private FuzzTarget() {}

  /** Called once by the fuzzer. */
  public static void fuzzerInitialize(String[] arguments) {
    target = Targets.named(arguments[0]);
  }

  /** Called by the fuzzer with whatever it made up. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.mustEndWell(Bytes.of(input));
  }
}
