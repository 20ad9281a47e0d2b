package network.calimero.tee.demo;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.collateral.pcs.CachePolicy;
import network.calimero.tee.collateral.pcs.CachingCollateralSource;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.collateral.pcs.PcsLimits;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.node.KmsAssessment;
import network.calimero.tee.node.KmsAssessment.Verdict;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import network.calimero.tee.node.NodeStep;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.seal.X25519PublicKey;

/** A node's check of whoever answers at a KMS's address. */
final class KmsCheck implements AutoCloseable {
  private static final int NONCE_SIZE = 32;

  private final InstantSource clock;
  private final CachingCollateralSource collateral;
  private final KmsVerifier verifier;

  KmsCheck(
      TrustAnchor anchor, URI pcs, Map<Register, Set<Measurement>> expected, InstantSource clock) {
    this.clock = clock;
    this.collateral =
        new CachingCollateralSource(
            List.of(PcsBase.of(pcs.toString())),
            anchor,
            VerifierOptions.STRICT,
            PcsLimits.DEFAULT,
            CachePolicy.DEFAULT,
            clock);
    OnlineVerifier quotes =
        new OnlineVerifier(new DcapVerifier(anchor, VerifierOptions.STRICT), collateral);
    this.verifier =
        new KmsVerifier(
            quotes::verify,
            new Expectations(Set.of(TcbStatus.UP_TO_DATE), expected, Set.of(), Set.of()));
  }

  private KmsAssessment assess(KmsClient kms) {
    byte[] nonce = new byte[NONCE_SIZE];
    new SecureRandom().nextBytes(nonce);
    return verifier.assessWithTransportKey(kms, Bytes.of(nonce), clock.instant());
  }

  /** It must be the KMS that is expected. */
  Outcome mustPass(KmsClient kms, Consumer<X25519PublicKey> sealsWith) {
    KmsAssessment assessment = assess(kms);
    assessment.transportKey().ifPresent(sealsWith);
    return assessment.verdict() == Verdict.ACCEPTED
        ? Outcome.good(
            "genuine, and the one expected",
            "a fresh quote, proven in all ten steps; status UpToDate; MRTD and RTMR0 to RTMR3 as the"
                + " release's policy says; it vouches for the key that keys are sealed with")
        : Outcome.bad(assessment.verdict().name(), faults(assessment));
  }

  /** It must be refused, and by that step before all others. */
  Outcome mustFail(KmsClient kms, Verdict verdict, NodeStep step) {
    KmsAssessment assessment = assess(kms);
    boolean found = assessment.stop().filter(check -> check.step() == step).isPresent();
    return assessment.verdict() == verdict && found
        ? Outcome.good("refused by the node", faults(assessment))
        : Outcome.bad(assessment.verdict().name(), "expected a fault in " + step.title());
  }

  /** The first says enough: when the first register is wrong, the others are too. */
  private static String faults(KmsAssessment assessment) {
    return assessment.stop().map(check -> check.step().title() + ": " + check.detail()).orElse("");
  }

  @Override
  public void close() {
    collateral.close();
  }
}
