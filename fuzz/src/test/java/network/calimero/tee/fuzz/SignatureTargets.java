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
  private SignatureTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "signature",
            Target.VERIFYING,
            () ->
                List.of(
                    Bytes.of(Signed.POLICY.cosignBundle()),
                    Bytes.of(Signed.POLICY.pem()),
                    Bytes.of(Signed.POLICY.pemInBase64()),
                    Bytes.of(Signed.POLICY.certificate()),
                    Bytes.of(Signed.POLICY.bundle()),
                    logAnswer()),
            SignatureTargets::anySignature,
            Set.of()),
        new Target(
            "trusted_root",
            Target.VERIFYING,
            () ->
                List.of(Bytes.of(Signed.SIGSTORE.trustedRootJson()), TrustedRoot.publicGoodJson()),
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
    Signer signer = Signed.BUNDLES.verify(ArtifactDigest.of(Signed.ARTIFACT), bytes, Signed.SIGNER);
    if (!signer.signature().signature().equals(Signed.BUNDLE.signature())) {
      throw new AssertionError("another signature verifies: " + signer);
    }
  }

  private static void detached(Bytes bytes) throws SignatureRefusedException {
    DetachedSignature signature = DetachedSignature.parse(Bytes.of(Signed.POLICY.sig()), bytes);
    verify(new LoggedSignature(signature, Signed.BUNDLE.entry()));
  }

  private static void verify(SignedBy signedBy) throws SignatureRefusedException {
    Signed.VERIFIER.verify(Signed.ARTIFACT, signedBy, Signed.SIGNER);
    if (!signedBy.signature().equals(Signed.BUNDLE.signature())
        || !signedBy.certificate().equals(Signed.BUNDLE.certificate())
        || !signedBy.entry().equals(Signed.BUNDLE.entry())) {
      throw new AssertionError("another signature verifies: " + signedBy);
    }
  }

  private static void certificate(Bytes bytes) throws SignatureRefusedException {
    Claims claims = Claims.require(bytes, Signed.SIGNER);
    if (!claims.identity().equals(Signed.SIGNER.identity())) {
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
    new SignatureVerifier(root).verify(Signed.ARTIFACT, Signed.BUNDLE, Signed.SIGNER);
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

  /** Made when it is first needed: the other targets start without it. */
  private static final class Signed {
    static final Bytes ARTIFACT = Genuine.utf8("a policy");
    static final WorkflowIdentity WORKFLOW = WorkflowIdentity.kms(false);
    static final SimulatedSigstore SIGSTORE = SimulatedSigstore.of(Seed.of("fuzzing"), Genuine.NOW);
    static final SignedArtifact POLICY = SIGSTORE.sign(ARTIFACT.toArray(), WORKFLOW, Genuine.NOW);
    static final ExpectedSigner SIGNER =
        new ExpectedSigner(
            WORKFLOW.issuer(),
            WORKFLOW.uri(),
            Optional.of(WORKFLOW.trigger()),
            WORKFLOW.name(),
            WORKFLOW.repository(),
            Optional.of(WORKFLOW.repositoryId()),
            WORKFLOW.ref());
    static final CosignBundle BUNDLE = bundle();
    static final SignatureVerifier VERIFIER = new SignatureVerifier(root());
    static final RecognizedBundles BUNDLES =
        new RecognizedBundles(
            VERIFIER, () -> new TodaysBundles(Bytes.of(SIGSTORE.trustedRootJson())));
  }

  private static CosignBundle bundle() {
    try {
      return CosignBundle.parse(Bytes.of(Signed.POLICY.cosignBundle()));
    } catch (SignatureRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The root that simulated signatures lead to. */
  static TrustedRoot root() {
    try {
      return TrustedRoot.parse(Bytes.of(Signed.SIGSTORE.trustedRootJson()));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }
}
