package network.calimero.tee.simulator.quote;

import network.calimero.tee.simulator.codec.Field;

/** The quote header, 48 bytes (dcap.md, "Quote"). */
public enum HeaderField implements Field {
  VERSION(2),
  ATTESTATION_KEY_TYPE(2),
  TEE_TYPE(4),
  /** Reserved from version 4 on. */
  QE_SVN(2),
  /** Reserved from version 4 on. */
  PCE_SVN(2),
  QE_VENDOR_ID(16),
  USER_DATA(20);

  private final int size;

  HeaderField(int size) {
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }
}
