package network.calimero.tee.functions.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.JsonLine;

/**
 * What a process gives the functions in it.
 *
 * @param ids what calls are named in logs and answers: a new one each time
 * @param nanoTime goes forward only
 */
public record Host(EventLog log, InstantSource clock, Supplier<String> ids, LongSupplier nanoTime) {

  /** The system's clock and a log of one JSON object on one line each. */
  public static Host system(PrintStream out) {
    InstantSource clock = InstantSource.system();
    return new Host(
        event -> {
          byte[] line = JsonLine.of(clock.instant(), event).getBytes(StandardCharsets.UTF_8);
          out.write(line, 0, line.length); // one write: lines of several threads do not mix
          out.flush();
        },
        clock,
        () -> UUID.randomUUID().toString(),
        System::nanoTime);
  }
}
