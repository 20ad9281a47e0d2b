package network.calimero.tee.policy;

import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;

/** The five measurement registers that policies speak of (measurements.md, "Registers"). */
public enum Register {
  MRTD,
  RTMR0,
  RTMR1,
  RTMR2,
  RTMR3;

  /** This register's value in a TD report. */
  public Measurement in(TdReport report) {
    return switch (this) {
      case MRTD -> report.mrTd();
      case RTMR0 -> report.rtmr0();
      case RTMR1 -> report.rtmr1();
      case RTMR2 -> report.rtmr2();
      case RTMR3 -> report.rtmr3();
    };
  }
}
