package network.calimero.tee.quote;

/**
 * Bytes are not a quote that can be read here. Says what is wrong, where, and what was expected
 * there.
 */
public final class QuoteFormatException extends Exception {
  /** What can be wrong with a quote's bytes. */
  public enum Fault {
    /** The input is larger than any quote that is accepted. */
    TOO_LARGE("the input is larger than any quote"),
    /** The bytes end in the middle of a field. */
    TRUNCATED("the quote ends too early"),
    /** The version is none of 3, 4 and 5. */
    UNSUPPORTED_VERSION("the quote's version is not supported"),
    /** The attestation key is not ECDSA P-256. */
    UNSUPPORTED_ATTESTATION_KEY_TYPE("the attestation key type is not supported"),
    /** The environment is neither SGX nor TDX. */
    UNSUPPORTED_TEE_TYPE("the TEE type is not supported"),
    /** SGX in version 4, or TDX in version 3. */
    TEE_NOT_ALLOWED_IN_VERSION("the quote's version is not for this TEE type"),
    /** The quoting enclave is not Intel's. */
    UNKNOWN_QE_VENDOR("the quoting enclave's vendor is not Intel"),
    /** A version 5 quote has a body of a kind that is not read here. */
    UNSUPPORTED_BODY_TYPE("the body type is not supported"),
    /** A version 5 quote's body is not of the size of its type. */
    BODY_SIZE_MISMATCH("the body's size is not that of its type"),
    /** A version 5 quote's body is another environment's. */
    BODY_OF_OTHER_TEE("the body is not one of the header's TEE type"),
    /** A size that the quote states goes past the end of what encloses it. */
    SIZE_PAST_END("a stated size goes past the end"),
    /** The certification data around the QE report is not of type 6. */
    UNSUPPORTED_OUTER_CERTIFICATION_TYPE("the outer certification data is not a QE report"),
    /** Bytes are left in certification data of type 6 after what belongs there. */
    SLACK_IN_OUTER_CERTIFICATION("bytes are left over inside the outer certification data"),
    /** The certification data is of a type that does not lead to a PCK certificate. */
    UNSUPPORTED_CERTIFICATION_TYPE("the certification data's type is not supported");

    private final String explanation;

    Fault(String explanation) {
      this.explanation = explanation;
    }

    /** The fault in a few words. */
    public String explanation() {
      return explanation;
    }
  }

  private final Fault fault;
  private final int offset;
  private final String found;
  private final String expected;

  QuoteFormatException(Fault fault, int offset, String found, String expected) {
    super(
        "%s: at byte %d found %s, expected %s"
            .formatted(fault.explanation(), offset, found, expected));
    this.fault = fault;
    this.offset = offset;
    this.found = found;
    this.expected = expected;
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }

  /** Where, in bytes from the start of the quote. */
  public int offset() {
    return offset;
  }

  /** What is there. */
  public String found() {
    return found;
  }

  /** What should be there. */
  public String expected() {
    return expected;
  }
}
