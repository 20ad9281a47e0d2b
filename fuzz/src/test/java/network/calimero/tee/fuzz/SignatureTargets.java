package network.calimero.tee.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bundles.TodaysBundles;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.LoggedSignature;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;

/** What is said to have signed a policy, beside a proper signature; nothing else ever verifies. */
final class SignatureTargets {
  private static final Bytes ARTIFACT = Genuine.utf8("a policy");
  private static final WorkflowIdentity WORKFLOW = WorkflowIdentity.kms(false);
  private static final SimulatedSigstore SIGSTORE =
      SimulatedSigstore.of(Seed.of("fuzzing"), Genuine.NOW);
  private static final SignedArtifact POLICY =
      SIGSTORE.sign(ARTIFACT.toArray(), WORKFLOW, Genuine.NOW);
  private static final ExpectedSigner SIGNER =
      new ExpectedSigner(
          WORKFLOW.issuer(),
          WORKFLOW.uri(),
          Optional.of(WORKFLOW.trigger()),
          WORKFLOW.name(),
          WORKFLOW.repository(),
          Optional.of(WORKFLOW.repositoryId()),
          WORKFLOW.ref());
  private static final CosignBundle BUNDLE = bundle();
  private static final SignatureVerifier VERIFIER = new SignatureVerifier(root());

  private SignatureTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "signature",
            Target.VERIFYING,
            () ->
                List.of(
                    Bytes.of(POLICY.cosignBundle()),
                    Bytes.of(POLICY.pem()),
                    Bytes.of(POLICY.pemInBase64()),
                    Bytes.of(POLICY.certificate()),
                    Bytes.of(POLICY.bundle()),
                    logAnswer()),
            SignatureTargets::anySignature,
            Set.of()),
        new Target(
            "trusted_root",
            Target.VERIFYING,
            () -> List.of(Bytes.of(SIGSTORE.trustedRootJson()), TrustedRoot.publicGoodJson()),
            SignatureTargets::trustedRoot,
            Set.of(SignatureRefusedException.class)));
  }

  /** Any of the five in the place of any other. */
  private static void anySignature(Bytes bytes) {
    orRefusal(() -> verify(CosignBundle.parse(bytes)));
    orRefusal(() -> detached(bytes));
    orRefusal(() -> certificate(bytes));
    orRefusal(() -> lookup(bytes));
    orRefusal(() -> bundle(bytes));
  }

  private interface Reading {
    void read() throws SignatureRefusedException;
  }

  private static void orRefusal(Reading reading) {
    try {
      reading.read();
    } catch (SignatureRefusedException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
  }

  /** In either form; today's alone is read by a library. */
  private static void bundle(Bytes bytes) throws SignatureRefusedException {
    Signer signer = Lazily.BUNDLES.verify(ArtifactDigest.of(ARTIFACT), bytes, SIGNER);
    if (!signer.signature().signature().equals(BUNDLE.signature())) {
      throw new AssertionError("another signature verifies: " + signer);
    }
  }

  private static final class Lazily {
    static final RecognizedBundles BUNDLES =
        new RecognizedBundles(
            VERIFIER, () -> new TodaysBundles(Bytes.of(SIGSTORE.trustedRootJson())));
  }

  private static void detached(Bytes bytes) throws SignatureRefusedException {
    DetachedSignature signature = DetachedSignature.parse(Bytes.of(POLICY.sig()), bytes);
    verify(new LoggedSignature(signature, BUNDLE.entry()));
  }

  private static void verify(SignedBy signedBy) throws SignatureRefusedException {
    VERIFIER.verify(ARTIFACT, signedBy, SIGNER);
    if (!signedBy.signature().equals(BUNDLE.signature())
        || !signedBy.certificate().equals(BUNDLE.certificate())
        || !signedBy.entry().equals(BUNDLE.entry())) {
      throw new AssertionError("another signature verifies: " + signedBy);
    }
  }

  private static void certificate(Bytes bytes) throws SignatureRefusedException {
    Claims claims = Claims.require(bytes, SIGNER);
    if (!claims.identity().equals(SIGNER.identity())) {
      throw new AssertionError("somebody else: " + claims);
    }
  }

  private static void trustedRoot(Bytes bytes) throws SignatureRefusedException {
    TrustedRoot root;
    try {
      root = TrustedRoot.parse(bytes);
    } catch (MalformedException e) {
      return;
    }
    new SignatureVerifier(root).verify(ARTIFACT, BUNDLE, SIGNER);
  }

  private static Bytes logAnswer() {
    return Genuine.utf8(
        """
        [{"uuid":{"body":"e30=","integratedTime":1790431024,"logIndex":7,"logID":"%s",
        "verification":{"inclusionProof":{},"signedEntryTimestamp":"AAAA"}}}]\
        """
            .formatted("ab".repeat(32)));
  }

  private static void lookup(Bytes bytes) throws SignatureRefusedException {
    if (LogEntry.parseLookup(bytes).size() > 100) {
      throw new AssertionError("more than anybody logs");
    }
  }

  private static CosignBundle bundle() {
    try {
      return CosignBundle.parse(Bytes.of(POLICY.cosignBundle()));
    } catch (SignatureRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The root that simulated signatures lead to. */
  static TrustedRoot root() {
    try {
      return TrustedRoot.parse(Bytes.of(SIGSTORE.trustedRootJson()));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }
}
