package network.calimero.tee.appraisal;

/**
 * One reason against evidence.
 *
 * @param code which kind it is
 * @param subject what was judged: a register, a field, or {@code TCB status}
 * @param found its value
 * @param text one sentence with what was found and what would pass
 */
public record Reason(Code code, String subject, String found, String text) {

  /** Kinds of reasons. */
  public enum Code {
    /** Not a TDX quote: only trust domains have these registers. */
    NOT_A_TRUST_DOMAIN,
    /** The TCB status is not on the allow-list. */
    TCB_STATUS_NOT_ALLOWED,
    /** A register's value is not on its list. */
    MEASUREMENT_NOT_ALLOWED,
    /** Each register is known, but they are not those of one image. */
    MEASUREMENTS_OF_DIFFERENT_IMAGES,
    /** A required field has another value. */
    FIELD_NOT_ALLOWED
  }
}
