package network.calimero.tee.kms.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.pcs.CollateralStatus;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.time.FreshnessGuard;

/**
 * What a key server needs from the world around it.
 *
 * @param keys where keys are from
 * @param quotes where quotes about itself are from
 * @param backend whether those two can be reached
 * @param verifier believes the root that it was made with
 * @param collateral what it verifies against
 * @param collateralStatus what of it is at hand, for readiness
 * @param freshness judges the clock, and how new collateral is
 * @param random for challenges
 * @param challengeKeys what challenges are MACs under
 * @param cluster the replicas that share their root with this one; empty on a platform that derives
 *     keys by itself
 * @param challengeStore where several key servers share which challenges were used; empty: this one
 *     remembers its own
 */
public record KmsPorts(
    KeyDeriver keys,
    QuoteSource quotes,
    BackendProbe backend,
    DcapVerifier verifier,
    CollateralSource collateral,
    Supplier<CollateralStatus> collateralStatus,
    InstantSource clock,
    FreshnessGuard freshness,
    SecureRandom random,
    ChallengeKeys challengeKeys,
    Optional<ClusterMember> cluster,
    Optional<ChallengeStore> challengeStore) {

  /** On a platform that derives keys by itself, with challenges good in this process only. */
  public KmsPorts(
      KeyDeriver keys,
      QuoteSource quotes,
      BackendProbe backend,
      DcapVerifier verifier,
      CollateralSource collateral,
      Supplier<CollateralStatus> collateralStatus,
      InstantSource clock,
      FreshnessGuard freshness,
      SecureRandom random) {
    this(
        keys,
        quotes,
        backend,
        verifier,
        collateral,
        collateralStatus,
        clock,
        freshness,
        random,
        ChallengeKeys.random(random),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same, sharing challenges with other key servers.
   *
   * @param keys the same in all of them
   */
  public KmsPorts sharing(ChallengeKeys keys, ChallengeStore store) {
    return new KmsPorts(
        this.keys,
        quotes,
        backend,
        verifier,
        collateral,
        collateralStatus,
        clock,
        freshness,
        random,
        keys,
        cluster,
        Optional.of(store));
  }
}
