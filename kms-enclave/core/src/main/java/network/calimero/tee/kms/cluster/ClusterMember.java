package network.calimero.tee.kms.cluster;

import java.util.Optional;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.keys.ServiceKeys;
import org.jspecify.annotations.Nullable;

/**
 * This replica as others and its operator see it: what it gives, and how it is. Safe for use by
 * several threads.
 */
public final class ClusterMember {
  private final RootHolder holder;
  private final RootGiver giver;
  private final ServiceKeys serviceKeys;
  private volatile @Nullable String lastJoinError;

  /**
   * A replica.
   *
   * @param serviceKeys of the holder's root
   */
  public ClusterMember(RootHolder holder, RootGiver giver, ServiceKeys serviceKeys) {
    this.holder = holder;
    this.giver = giver;
    this.serviceKeys = serviceKeys;
  }

  /**
   * How a replica is, for {@code /health}.
   *
   * @param fingerprint SHA-256 of the transport public key in lower-case hex, the same in all
   *     replicas of one root; empty without a root
   * @param lastJoinError why this replica's last join failed; empty once it holds the root
   * @param lastJoinRefusal why the last join that it refused was
   */
  public record Health(
      boolean rootReady,
      Optional<String> fingerprint,
      Optional<String> lastJoinError,
      Optional<String> lastJoinRefusal) {}

  /** How it is now. */
  public Health health() {
    boolean ready = holder.isFilled();
    return new Health(
        ready,
        ready ? Optional.of(fingerprint()) : Optional.empty(),
        ready ? Optional.empty() : Optional.ofNullable(lastJoinError),
        giver.lastRefusal());
  }

  private String fingerprint() {
    try {
      return serviceKeys.transport().publicKey().fingerprint().hex();
    } catch (KeyDerivationException e) {
      throw new IllegalStateException("a root derives every key", e);
    }
  }

  /** Where the root is kept. */
  public RootHolder root() {
    return holder;
  }

  /**
   * As {@link RootGiver#nonce}.
   *
   * @throws KmsException as there
   */
  public String nonce() throws KmsException {
    return giver.nonce();
  }

  /**
   * As {@link RootGiver#join}.
   *
   * @throws KmsException as there
   */
  public JoinAnswer join(JoinRequest request) throws KmsException {
    return giver.join(request);
  }

  /** Remembers why an attempt to get the root failed. */
  public void joinFailed(String why) {
    lastJoinError = why;
  }
}
