package network.calimero.tee.dcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import network.calimero.tee.bytes.Bytes;

/** What the fuzzer runs; {@code scripts/fuzz} starts it with the name of a {@link Parser}. */
public final class FuzzTarget {
  private static volatile Parser parser = Parser.QUOTE;

  private FuzzTarget() {}

  /** Called once by the fuzzer. */
  public static void fuzzerInitialize(String[] arguments) {
    parser = named(arguments[0]);
  }

  /** Called by the fuzzer with whatever it made up. */
  public static void fuzzerTestOneInput(byte[] input) {
    parser.mustEndWell(Bytes.of(input));
  }

  /** Writes what the fuzzer starts from: a parser's name and a folder. */
  public static void main(String[] arguments) throws IOException {
    int number = 0;
    for (Bytes seed : named(arguments[0]).seeds()) {
      Files.write(Path.of(arguments[1], "genuine-" + number++), seed.toArray());
    }
  }

  private static Parser named(String name) {
    return Parser.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
