package network.calimero.tee.functions.api;

/**
 * Who the platform proved the caller to be. Only adapters make one, and only after the proof.
 *
 * @param proof how it was proved
 * @param name as that proof has it: an ARN, an e-mail address of a service account
 */
public record Caller(Proof proof, String name) {

  /** How a caller was proved. */
  public enum Proof {
    /** A request signed with AWS credentials, checked by the function URL. */
    AWS_IAM,
    /** An identity token of Google, checked by signature, issuer, audience and time. */
    GOOGLE_OIDC,
    /** Not at all: local development, which is open and says so. */
    LOCAL_OPEN
  }
}
