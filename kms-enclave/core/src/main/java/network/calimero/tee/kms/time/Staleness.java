package network.calimero.tee.kms.time;

/** Every reason for which nothing is verified with this clock or this collateral. */
public enum Staleness {
  /** It is earlier than this program was made. */
  CLOCK_BEFORE_BUILD("clock_before_build", Staleness.SET_CLOCK),
  /** It is earlier than the date of something signed that was seen. */
  CLOCK_BEFORE_ISSUE_DATE("clock_before_issue_date", Staleness.SET_CLOCK),
  /** TCB info of a set before the measured minimum. */
  TCB_INFO_BELOW_MINIMUM("tcb_info_below_minimum", Staleness.SERVE_NEWEST),
  /** A QE identity of a set before the measured minimum. */
  QE_IDENTITY_BELOW_MINIMUM("qe_identity_below_minimum", Staleness.SERVE_NEWEST),
  /** TCB info of an older set than was seen for this platform type. */
  TCB_INFO_OLDER_THAN_SEEN("tcb_info_older_than_seen", Staleness.SERVE_NEWEST),
  /** A QE identity of an older set than was seen. */
  QE_IDENTITY_OLDER_THAN_SEEN("qe_identity_older_than_seen", Staleness.SERVE_NEWEST),
  /** A CRL with a lower number than was seen of its issuer. */
  CRL_OLDER_THAN_SEEN("crl_older_than_seen", Staleness.SERVE_NEWEST),
  /** There is no room to remember this platform type, and nothing is forgotten for it. */
  MEMORY_FULL("too_many_platform_types", "restart the KMS: it remembers no more platform types");

  private static final String SET_CLOCK =
      "set the clock of the KMS's host right and restart the KMS, which reads it at its start only";
  private static final String SERVE_NEWEST =
      "let every server of PCS_URLS serve the newest set, or name Intel's PCS alone";

  private final String text;
  private final String advice;

  Staleness(String text, String advice) {
    this.text = text;
    this.advice = advice;
  }

  /** One word for machines. */
  public String text() {
    return text;
  }

  /** What the operator of the KMS can do. */
  public String advice() {
    return advice;
  }
}
