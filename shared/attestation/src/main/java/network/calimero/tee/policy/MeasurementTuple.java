package network.calimero.tee.policy;

import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;

/** The five registers of one image on one machine shape: they belong together. */
public record MeasurementTuple(
    Measurement mrtd, Measurement rtmr0, Measurement rtmr1, Measurement rtmr2, Measurement rtmr3) {

  /** What a TD report says. */
  public static MeasurementTuple of(TdReport report) {
    return new MeasurementTuple(
        report.mrTd(), report.rtmr0(), report.rtmr1(), report.rtmr2(), report.rtmr3());
  }

  /** The value of one register. */
  public Measurement get(Register register) {
    return switch (register) {
      case MRTD -> mrtd;
      case RTMR0 -> rtmr0;
      case RTMR1 -> rtmr1;
      case RTMR2 -> rtmr2;
      case RTMR3 -> rtmr3;
    };
  }
}
