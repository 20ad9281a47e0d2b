package network.calimero.tee.kms.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.ChallengeKey;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica keeps the root: empty at first, then filled, once in its life. What needs the
 * root asks here. Safe for use by several threads.
 */
public final class RootHolder implements AutoCloseable {
  private static final String MISSING =
      "this replica of the KMS does not hold its cluster's root yet; its /health says why, and any"
          + " other replica may serve you. Try again later";

  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

  private record Held(ClusterRoot root, ChallengeKey challengeKey) {}

  /**
   * Takes the root, and from then on owns it.
   *
   * @param now challenges issued before it are refused here: what was used is remembered from now
   *     on
   * @throws IllegalStateException if there is one already, which stays; the other is wiped
   */
  public void hold(ClusterRoot root, Instant now) {
    Held taken;
    try (SecretBytes challengeKey = root.challengeKey()) {
      taken = new Held(root, new ChallengeKey(challengeKey, now));
    }
    if (!held.compareAndSet(null, taken)) {
      root.close();
      throw new IllegalStateException("a replica takes a root only once in its life");
    }
  }

  /** Whether there is one. */
  public boolean isFilled() {
    return held.get() != null;
  }

  /** Why nothing can be served; empty if there is a root. */
  public Optional<String> missing() {
    return isFilled() ? Optional.empty() : Optional.of(MISSING);
  }

  /**
   * The root.
   *
   * @throws KmsException {@code policy_not_ready} if there is none yet
   */
  ClusterRoot require() throws KmsException {
    return requireHeld().root();
  }

  private Held requireHeld() throws KmsException {
    Held known = held.get();
    if (known == null) {
      throw new KmsException(KmsError.POLICY_NOT_READY, MISSING);
    }
    return known;
  }

  /** Keys of the root, as a platform's. */
  public KeyDeriver deriver() {
    return path -> {
      Held known = held.get();
      if (known == null) {
        throw new KeyDerivationException(MISSING);
      }
      return known.root().derive(path);
    };
  }

  /** The key of challenges, which all replicas have; none without a root. */
  public ChallengeKeys challengeKeys() {
    return () -> requireHeld().challengeKey();
  }

  /** A policy that is not ready while there is no root. */
  public CurrentPolicy whenFilled(CurrentPolicy policy) {
    return () -> isFilled() ? policy.current() : new PolicyState.NotReady(MISSING);
  }

  /** Wipes the root; what needs it then fails. */
  @Override
  public void close() {
    Held known = held.get();
    if (known != null) {
      known.root().close();
    }
  }
}
