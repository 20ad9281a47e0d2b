package network.calimero.tee.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.kms.attest.Attestation;
import network.calimero.tee.kms.attest.PlatformQuote;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.attest.QuoteUnavailableException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.cluster.ClusterRoot;
import network.calimero.tee.kms.cluster.OwnMeasurements;
import network.calimero.tee.kms.cluster.RootGiver;
import network.calimero.tee.kms.cluster.RootHolder;
import network.calimero.tee.kms.cluster.SameAsMe;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.release.EvidenceCheck;
import network.calimero.tee.kms.release.GetKey;
import network.calimero.tee.kms.release.KeyPrefixes;
import network.calimero.tee.kms.release.KeyRelease;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.secret.SecretBytes;
import tools.jackson.databind.node.JsonNodeFactory;

/** The parts of a key server on {@link Genuine}, whose challenges are the same in every run. */
public final class Kms {
  /** Its time, which does not pass. */
  public static final InstantSource CLOCK = InstantSource.fixed(Genuine.NOW);

  /** Where its quotes are from. */
  public static final QuoteSource QUOTES = new Quotes();

  private static final CurrentPolicy POLICY =
      () -> new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "fuzzing", "digest");
  private static final KeyDeriver DERIVER = path -> SecretBytes.moveFrom(Sha256.of(path).toArray());

  private Kms() {}

  /**
   * What answers {@code /challenge} and {@code /get-key}; every use of a challenge is the first.
   */
  public static GetKey getKey() {
    return new GetKey(
        CLOCK,
        POLICY,
        new ChallengeIssuer(
            ChallengeKeys.random(Genuine.constant(7)), Genuine.constant(8), Duration.ofMinutes(1)),
        new Forgetful(),
        new EvidenceCheck(Genuine.VERIFIER, (_, _, _) -> Genuine.COLLATERAL, guard()),
        new KeyRelease(
            DERIVER,
            new ServiceKeys(DERIVER),
            new KeyPrefixes("nodes", "agents"),
            Genuine.constant(9)),
        false);
  }

  /** What answers {@code /attest}. */
  public static Attestation attestation() {
    return new Attestation(QUOTES, new ServiceKeys(DERIVER), new WorkGate(1, Duration.ZERO), false);
  }

  /** The rule among replicas. */
  public static SameAsMe rule() {
    try {
      return new SameAsMe(
          new OnlineVerifier(Genuine.VERIFIER, (_, _, _) -> Genuine.COLLATERAL),
          guard(),
          OwnMeasurements.take(QUOTES),
          POLICY);
    } catch (UnfitReplicaException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A replica that has the root, and has issued the one nonce that it ever issues. */
  public static ClusterMember member() {
    RootHolder holder = new RootHolder();
    holder.hold(new ClusterRoot(SecretBytes.moveFrom(new byte[ClusterRoot.SIZE])), Genuine.NOW);
    RootGiver giver = new RootGiver(holder, rule(), QUOTES, CLOCK, Genuine.constant(5));
    ClusterMember member = new ClusterMember(holder, giver, new ServiceKeys(holder.deriver()));
    try {
      member.nonce();
    } catch (KmsException e) {
      throw new IllegalStateException(e);
    }
    return member;
  }

  private static FreshnessGuard guard() {
    return new FreshnessGuard(Instant.EPOCH, Minimums.NONE, new SeenCollateral());
  }

  private static final class Quotes implements QuoteSource {
    @Override
    public PlatformQuote quote(ReportData reportData) throws QuoteUnavailableException {
      byte[] quote = Genuine.PLATFORM.launch(Genuine.IMAGE).quote(reportData.value().toArray());
      return new PlatformQuote(Bytes.of(quote), JsonNodeFactory.instance.arrayNode(), "");
    }

    @Override
    public Optional<Bytes> ccel() {
      return Optional.empty();
    }

    @Override
    public Bytes defaultBinding() {
      return Bindings.ATTEST_CLUSTER;
    }
  }

  private static final class Forgetful implements ConsumedChallenges {
    @Override
    public boolean isConsumed(Challenge challenge) {
      return false;
    }

    @Override
    public Use consume(Challenge challenge, Instant now) {
      return new Use.First();
    }
  }
}
