package network.calimero.tee.eventlog;

import java.util.Arrays;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;
import org.jspecify.annotations.Nullable;

/** A run-time measurement register of a trust domain (measurements.md, "Registers"). */
public enum Register {
  /** Firmware configuration and the shape of the machine. */
  RTMR0(0),
  /** Boot loader and kernel. */
  RTMR1(1),
  /** Kernel command line and initrd. */
  RTMR2(2),
  /** What is measured while the system runs. */
  RTMR3(3);

  private final int number;

  Register(int number) {
    this.number = number;
  }

  /** The register of that number, 0 to 3; null if there is none. */
  static @Nullable Register of(long number) {
    return Arrays.stream(values()).filter(it -> it.number == number).findFirst().orElse(null);
  }

  /** What the report says this register held. */
  public Measurement in(TdReport report) {
    return report.rtmrs().get(number);
  }
}
