package network.calimero.tee.functions.app;

/** A place of a platform where secrets are kept. */
public interface SecretStore {

  /** How references to it begin: {@code aws-secret}. */
  String scheme();

  /** What follows that and a colon, in words that complete "accepted: …". */
  String accepted();

  /**
   * The secret of that name.
   *
   * @throws SecretUnavailableException if it cannot be had
   */
  String read(String name) throws SecretUnavailableException;
}
