package network.calimero.tee.kms.policy;

/** Where the key server gets its policy from, asked anew for every request. */
@FunctionalInterface
public interface CurrentPolicy {

  /** The policy as it is now; cheap, and the same object until it changes. */
  PolicyState current();
}
