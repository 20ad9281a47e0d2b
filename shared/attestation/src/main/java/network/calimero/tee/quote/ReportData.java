package network.calimero.tee.quote;

import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;

/**
 * The 64 bytes that whoever asked for a quote had bound into it.
 *
 * @param value exactly 64 bytes
 */
public record ReportData(Bytes value) {
  /** Its size in bytes. */
  public static final int SIZE = 64;

  private static final int HALF = SIZE / 2;

  /** Checks the size. */
  public ReportData {
    Sizes.require("report data", SIZE, value.length());
  }

  /**
   * Report data of these 64 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static ReportData of(byte[] bytes) {
    return new ReportData(Bytes.of(bytes));
  }

  /**
   * Report data of two halves.
   *
   * @throws IllegalArgumentException if one of them has not 32 bytes
   */
  public static ReportData of(Bytes firstHalf, Bytes secondHalf) {
    Sizes.require("first half of report data", HALF, firstHalf.length());
    Sizes.require("second half of report data", HALF, secondHalf.length());
    byte[] whole = Arrays.copyOf(firstHalf.toArray(), SIZE);
    System.arraycopy(secondHalf.toArray(), 0, whole, HALF, HALF);
    return of(whole);
  }

  /** Bytes 0 to 31; in this project's protocols a nonce. */
  public Bytes firstHalf() {
    return value.slice(0, HALF);
  }

  /** Bytes 32 to 63; in this project's protocols a digest of what the quote is bound to. */
  public Bytes secondHalf() {
    return value.slice(HALF, SIZE);
  }

  /** 128 digits of lower-case hex. */
  public String hex() {
    return value.hex();
  }

  /** {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }
}
