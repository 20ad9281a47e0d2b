package network.calimero.tee.fuzz;

import java.util.Arrays;
import java.util.List;
import network.calimero.tee.bytes.Bytes;

/**
 * What the fuzzer runs; {@code scripts/fuzz} starts it with the names of {@link Target}s, which all
 * get each input.
 */
public final class FuzzTarget {
  private static volatile List<Target> targets = Targets.all();

  private FuzzTarget() {}

  /** Called once by the fuzzer. */
  public static void fuzzerInitialize(String[] arguments) {
    targets = Arrays.stream(arguments).map(Targets::named).toList();
  }

  /** Called by the fuzzer with whatever it made up. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bytes bytes = Bytes.of(input);
    targets.forEach(target -> target.mustEndWell(bytes));
  }
}
