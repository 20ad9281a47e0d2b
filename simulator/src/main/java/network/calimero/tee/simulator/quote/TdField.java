package network.calimero.tee.simulator.quote;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import network.calimero.tee.simulator.codec.Field;

/** The TD report: 584 bytes in version 1.0, 648 in 1.5 (dcap.md, "Quote"). */
public enum TdField implements Field {
  TEE_TCB_SVN(16),
  MR_SEAM(48),
  MR_SIGNER_SEAM(48),
  SEAM_ATTRIBUTES(8),
  TD_ATTRIBUTES(8),
  XFAM(8),
  MR_TD(48),
  MR_CONFIG_ID(48),
  MR_OWNER(48),
  MR_OWNER_CONFIG(48),
  RTMR0(48),
  RTMR1(48),
  RTMR2(48),
  RTMR3(48),
  REPORT_DATA(64),
  /** Only in 1.5. */
  TEE_TCB_SVN_2(16),
  /** Only in 1.5. */
  MR_SERVICE_TD(48);

  /** The fields of a TD report 1.0. */
  public static final Set<TdField> TD10 =
      Collections.unmodifiableSet(EnumSet.range(TEE_TCB_SVN, REPORT_DATA));

  /** The fields of a TD report 1.5. */
  public static final Set<TdField> TD15 = Collections.unmodifiableSet(EnumSet.allOf(TdField.class));

  /** Bit of {@link #TD_ATTRIBUTES}: the host may look into the TD. */
  public static final int DEBUG_BIT = 0;

  /** Bit of {@link #TD_ATTRIBUTES}: EPT violations are not turned into exceptions. */
  public static final int SEPT_VE_DISABLE_BIT = 28;

  private final int size;

  TdField(int size) {
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  /** The run-time measurement register of an index, 0 to 3. */
  public static TdField rtmr(int index) {
    return switch (index) {
      case 0 -> RTMR0;
      case 1 -> RTMR1;
      case 2 -> RTMR2;
      case 3 -> RTMR3;
      default -> throw new IllegalArgumentException("no RTMR" + index);
    };
  }
}
