package network.calimero.tee.policy;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.TdReport;

/** Fields of a TD report that a policy can require beside the registers (dcap.md, step 10). */
public enum TdField {
  MRCONFIGID(48),
  MROWNER(48),
  MROWNERCONFIG(48),
  XFAM(8);

  private final int size;

  TdField(int size) {
    this.size = size;
  }

  /** Its size in bytes. */
  public int size() {
    return size;
  }

  /** This field's value in a TD report. */
  public Bytes in(TdReport report) {
    return switch (this) {
      case MRCONFIGID -> report.mrConfigId().value();
      case MROWNER -> report.mrOwner().value();
      case MROWNERCONFIG -> report.mrOwnerConfig().value();
      case XFAM -> report.xfam();
    };
  }
}
