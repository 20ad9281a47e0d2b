package network.calimero.tee.kms.policy;

/** A document was found, and it is not the policy that this KMS takes; the message says why. */
public final class PolicyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyRefusedException(String reason) {
    super(reason);
  }

  /** Why, on one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
