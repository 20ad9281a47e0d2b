package network.calimero.tee.quote;

import java.nio.ByteOrder;
import network.calimero.tee.bytes.Bytes;

/**
 * The attributes a trust domain was created with, as 64 bits (dcap.md, step 10).
 *
 * @param value exactly 8 bytes, little-endian
 */
public record TdAttributes(Bytes value) {
  /** Its size in bytes. */
  public static final int SIZE = 8;

  private static final int DEBUG = 0;
  private static final int SEPT_VE_DISABLE = 28;
  static final int MIGRATABLE = 29;
  private static final int PKS = 30;
  private static final int KL = 31;
  private static final int PERFMON = 63;

  private static final long DEFINED =
      bit(DEBUG) | bit(SEPT_VE_DISABLE) | bit(PKS) | bit(KL) | bit(PERFMON);

  /** Checks the size. */
  public TdAttributes {
    Sizes.require("TD attributes", SIZE, value.length());
  }

  /** All 64 bits; bit 63 is the sign. */
  public long bits() {
    return value.asReadOnly().order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Bit 0: the host can read and change the trust domain, so it keeps no secret. */
  public boolean isDebug() {
    return isSet(DEBUG);
  }

  /** Bit 28: the host cannot make the guest take an exception by withdrawing a page. */
  public boolean septVeDisable() {
    return isSet(SEPT_VE_DISABLE);
  }

  /** Bit 29: the trust domain can be moved to another machine. */
  public boolean isMigratable() {
    return isSet(MIGRATABLE);
  }

  /** Bit 30: supervisor protection keys. */
  public boolean protectionKeys() {
    return isSet(PKS);
  }

  /** Bit 31: Key Locker. */
  public boolean keyLocker() {
    return isSet(KL);
  }

  /** Bit 63: performance monitoring. */
  public boolean performanceMonitoring() {
    return isSet(PERFMON);
  }

  /**
   * The bits that are set and must not be: all but DEBUG, SEPT_VE_DISABLE, PKS, KL and PERFMON.
   * MIGRATABLE is among them. Not zero: reject.
   */
  public long reservedBits() {
    return bits() & ~DEFINED;
  }

  /** 16 digits of lower-case hex, in the order of the bytes. */
  public String hex() {
    return value.hex();
  }

  /** {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }

  private boolean isSet(int index) {
    return (bits() & bit(index)) != 0;
  }

  private static long bit(int index) {
    return 1L << index;
  }
}
