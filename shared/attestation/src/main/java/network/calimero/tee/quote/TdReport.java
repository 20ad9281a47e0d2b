package network.calimero.tee.quote;

import java.util.List;
import network.calimero.tee.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A TD report, version 1.0 or 1.5 (dcap.md, "Quote"). The fields are views of its bytes, so that
 * they cannot disagree with what was signed.
 *
 * @param bytes 584 bytes (1.0) or 648 (1.5)
 */
public record TdReport(Bytes bytes) implements ReportBody {
  private static final int SVN_SIZE = 16;
  private static final int FLAGS_SIZE = 8;

  private static final int MR_SEAM = 16;
  private static final int MR_SIGNER_SEAM = 64;
  private static final int SEAM_ATTRIBUTES = 112;
  private static final int TD_ATTRIBUTES = 120;
  private static final int XFAM = 128;
  private static final int MR_TD = 136;
  private static final int MR_CONFIG_ID = 184;
  private static final int MR_OWNER = 232;
  private static final int MR_OWNER_CONFIG = 280;
  private static final int RTMR0 = 328;
  private static final int REPORT_DATA = 520;
  private static final int TEE_TCB_SVN_2 = 584;
  private static final int MR_SERVICE_TD = 600;

  /** Checks the size. */
  public TdReport {
    if (bytes.length() != BodyType.TD_REPORT_15.size()) {
      Sizes.require("a TD report", BodyType.TD_REPORT_10.size(), bytes.length());
    }
  }

  @Override
  public BodyType bodyType() {
    return bytes.length() == BodyType.TD_REPORT_15.size()
        ? BodyType.TD_REPORT_15
        : BodyType.TD_REPORT_10;
  }

  /**
   * Security versions of the TDX module and what it runs on, 16 bytes; as of the launch of the
   * trust domain. Byte 0 is the module's ISV SVN, byte 1 its major version.
   */
  public Bytes teeTcbSvn() {
    return bytes.slice(0, SVN_SIZE);
  }

  /** Measurement of the TDX module. */
  public Measurement mrSeam() {
    return measurement(MR_SEAM);
  }

  /** Measurement of the TDX module's signer; zero for Intel's own. */
  public Measurement mrSignerSeam() {
    return measurement(MR_SIGNER_SEAM);
  }

  /** Attributes of the TDX module, 8 bytes. */
  public Bytes seamAttributes() {
    return field(SEAM_ATTRIBUTES, FLAGS_SIZE);
  }

  /** Attributes of the trust domain. */
  public TdAttributes tdAttributes() {
    return new TdAttributes(field(TD_ATTRIBUTES, TdAttributes.SIZE));
  }

  /** Extended processor features that the trust domain may use, 8 bytes, little-endian. */
  public Bytes xfam() {
    return field(XFAM, FLAGS_SIZE);
  }

  /** Measurement of the trust domain as it was built, before it ran. */
  public Measurement mrTd() {
    return measurement(MR_TD);
  }

  /** Software-defined: configuration of the trust domain. */
  public Measurement mrConfigId() {
    return measurement(MR_CONFIG_ID);
  }

  /** Software-defined: owner of the trust domain. */
  public Measurement mrOwner() {
    return measurement(MR_OWNER);
  }

  /** Software-defined: configuration by the owner. */
  public Measurement mrOwnerConfig() {
    return measurement(MR_OWNER_CONFIG);
  }

  /** Run-time register 0. */
  public Measurement rtmr0() {
    return rtmr(0);
  }

  /** Run-time register 1. */
  public Measurement rtmr1() {
    return rtmr(1);
  }

  /** Run-time register 2. */
  public Measurement rtmr2() {
    return rtmr(2);
  }

  /** Run-time register 3. */
  public Measurement rtmr3() {
    return rtmr(3);
  }

  /** The four run-time registers, in order. */
  public List<Measurement> rtmrs() {
    return List.of(rtmr0(), rtmr1(), rtmr2(), rtmr3());
  }

  @Override
  public ReportData reportData() {
    return new ReportData(field(REPORT_DATA, ReportData.SIZE));
  }

  @Override
  public boolean isDebug() {
    return tdAttributes().isDebug();
  }

  /** What version 1.5 adds; null for 1.0. */
  public @Nullable TdReport15 extension15() {
    return bodyType() == BodyType.TD_REPORT_15
        ? new TdReport15(field(TEE_TCB_SVN_2, SVN_SIZE), measurement(MR_SERVICE_TD))
        : null;
  }

  private Measurement rtmr(int index) {
    return measurement(RTMR0 + index * Measurement.SIZE);
  }

  private Measurement measurement(int offset) {
    return new Measurement(field(offset, Measurement.SIZE));
  }

  private Bytes field(int offset, int size) {
    return bytes.slice(offset, offset + size);
  }
}
