package network.calimero.tee.kms.server.policy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.WorkflowSignature;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;

/** Policies of releases signed under a simulated Sigstore, and key servers that believe it. */
public final class SignedReleases {
  private static final Instant RELEASED = Instant.parse("2026-09-26T13:57:04Z");

  /** When the simulated log takes it in: a second later. */
  static final Instant LOGGED = RELEASED.plusSeconds(1);

  private static final SimulatedSigstore SIGSTORE =
      SimulatedSigstore.of(Seed.of("releases"), RELEASED);

  private SignedReleases() {}

  /** Signed by the workflow that releases key servers. */
  public static SignedArtifact sign(SimulatedPolicy policy) {
    return sign(policy, WorkflowIdentity.kms(false), signing -> {});
  }

  /** Signed by a workflow, after changes. */
  static SignedArtifact sign(
      SimulatedPolicy policy, WorkflowIdentity workflow, Consumer<Signing> change) {
    return SIGSTORE.sign(policy.json(), workflow, RELEASED, change);
  }

  /** Serves a policy with both files of its signature. */
  public static void serve(ReleaseServer server, SimulatedPolicy policy) {
    serve(server, policy, sign(policy));
  }

  /** The same, signed at that time and logged a second later. */
  public static void serve(ReleaseServer server, SimulatedPolicy policy, Instant signed) {
    WorkflowIdentity workflow = WorkflowIdentity.kms(false);
    serve(server, policy, SIGSTORE.sign(policy.json(), workflow, signed, signing -> {}));
  }

  /** Serves a policy with both files of a signature. */
  static void serve(ReleaseServer server, SimulatedPolicy policy, SignedArtifact signed) {
    server
        .serve(policy)
        .serve(policy.tag(), policy.asset() + ".sig", signed.sig())
        .serve(policy.tag(), policy.asset() + ".bundle.json", signed.cosignBundle());
  }

  /** Believes the simulated service, for the official signers. */
  public static PolicySignature signature() {
    return new WorkflowSignature(SignedReleases::root, ReleaseSigners.OFFICIAL.anyKms());
  }

  /** The root of the simulated service. */
  public static TrustedRoot root() {
    try {
      return TrustedRoot.parse(rootJson());
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Bytes rootJson() {
    return Bytes.of(SIGSTORE.trustedRootJson());
  }

  /** What the configuration asks for, believing the simulated service. */
  public static PolicyFeed feed(KmsConfig config, EventLog log) {
    try {
      return PolicyFeed.of(config, SignedReleases::root, new SecureRandom(), log);
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(String.join("; ", e.problems()), e);
    }
  }
}
