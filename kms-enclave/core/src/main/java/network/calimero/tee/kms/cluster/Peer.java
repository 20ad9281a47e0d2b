package network.calimero.tee.kms.cluster;

/** Another replica, or whoever answers at its address: nothing it says is believed unproven. */
public interface Peer {

  /** Where it is, for people. */
  String name();

  /**
   * Whether it says that it holds a root.
   *
   * @throws JoinException {@link JoinFault#PEER} if it does not say
   */
  boolean saysItHoldsARoot() throws JoinException;

  /**
   * A nonce for one join, in base64.
   *
   * @throws JoinException {@link JoinFault#PEER} if it gives none
   */
  String nonce() throws JoinException;

  /**
   * Its answer to a join.
   *
   * @throws JoinException {@link JoinFault#PEER} if it gives none
   */
  JoinAnswer join(JoinRequest request) throws JoinException;
}
