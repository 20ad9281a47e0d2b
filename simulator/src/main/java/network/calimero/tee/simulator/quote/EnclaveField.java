package network.calimero.tee.simulator.quote;

import network.calimero.tee.simulator.codec.Field;

/** The SGX enclave report, 384 bytes (dcap.md, "Quote"). */
public enum EnclaveField implements Field {
  CPU_SVN(16),
  MISC_SELECT(4),
  RESERVED_1(28),
  ATTRIBUTES(16),
  MR_ENCLAVE(32),
  RESERVED_2(32),
  MR_SIGNER(32),
  RESERVED_3(96),
  ISV_PROD_ID(2),
  ISV_SVN(2),
  RESERVED_4(60),
  REPORT_DATA(64);

  /** Bit of {@link #ATTRIBUTES}: a debugger may look into the enclave. */
  public static final int DEBUG_BIT = 1;

  private final int size;

  EnclaveField(int size) {
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }
}
