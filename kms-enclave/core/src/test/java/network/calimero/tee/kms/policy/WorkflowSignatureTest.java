package network.calimero.tee.kms.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.kms.policy.PolicySignature.Verdict;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowSignatureTest {
  private static final Instant RELEASED = Instant.parse("2026-09-26T13:57:04Z");
  private static final Bytes DOCUMENT = Bytes.of("{}".getBytes(StandardCharsets.US_ASCII));
  private static final SimulatedSigstore SIGSTORE =
      SimulatedSigstore.of(Seed.of("signature"), RELEASED);
  private static final PolicySignature SIGNATURE =
      new WorkflowSignature(root(SIGSTORE), ReleaseSigners.OFFICIAL.anyKms());

  private static Supplier<TrustedRoot> root(SimulatedSigstore sigstore) {
    return () -> {
      try {
        return TrustedRoot.parse(Bytes.of(sigstore.trustedRootJson()));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static SignedArtifact signed(WorkflowIdentity workflow) {
    return SIGSTORE.sign(DOCUMENT.toArray(), workflow, RELEASED);
  }

  private static SignatureFiles files(SignedArtifact signed) {
    return new SignatureFiles(
        Optional.of(Bytes.of(signed.sig())), Optional.of(Bytes.of(signed.cosignBundle())));
  }

  private static String refusal(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    return ((Verdict.Refused) verdict).reason();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyOfItsSignersWill(boolean cluster) {
    WorkflowIdentity workflow = WorkflowIdentity.kms(cluster);
    SignedArtifact signed = signed(workflow);

    assertThat(SIGNATURE.verify(DOCUMENT, files(signed)))
        .isEqualTo(
            new Verdict.Verified(workflow.uri(), signed.logIndex(), RELEASED.plusSeconds(1)));
  }

  @Test
  void nothingBesideTheDocumentIsNoSignature() {
    assertThat(SIGNATURE.verify(DOCUMENT, SignatureFiles.NONE)).isEqualTo(new Verdict.Unsigned());
  }

  @Test
  void halfASignatureIsRefused() {
    SignatureFiles both = files(signed(WorkflowIdentity.kms(false)));

    assertThat(
            refusal(SIGNATURE.verify(DOCUMENT, new SignatureFiles(both.sig(), Optional.empty()))))
        .isEqualTo("the release has no .bundle.json of it, but a .sig: a signature needs both");
    assertThat(
            refusal(
                SIGNATURE.verify(DOCUMENT, new SignatureFiles(Optional.empty(), both.bundle()))))
        .isEqualTo("the release has no .sig of it, but a .bundle.json: a signature needs both");
  }

  @Test
  void everybodyElseIsRefusedByName() {
    assertThat(refusal(SIGNATURE.verify(DOCUMENT, files(signed(WorkflowIdentity.node())))))
        .contains(
            "signed by another workflow",
            "release-node-image-gcp.yaml",
            "(signature_other_workflow)");
  }

  @Test
  void otherDocumentsAndOtherFilesBesideThemAreRefused() {
    SignedArtifact signed = signed(WorkflowIdentity.kms(false));
    Bytes otherSig = Bytes.of(signed(WorkflowIdentity.kms(false)).sig());

    assertThat(refusal(SIGNATURE.verify(Bytes.EMPTY, files(signed))))
        .contains("(signature_log_entry_of_other_artifact)");
    assertThat(
            refusal(
                SIGNATURE.verify(
                    DOCUMENT, new SignatureFiles(Optional.of(otherSig), files(signed).bundle()))))
        .contains("(signature_signature_file_differs)");
    assertThat(
            refusal(
                SIGNATURE.verify(
                    DOCUMENT, new SignatureFiles(files(signed).sig(), Optional.of(DOCUMENT)))))
        .contains("(signature_bundle_malformed)");
  }

  @Test
  void otherRootsAreNotBelieved() {
    SignatureFiles files = files(signed(WorkflowIdentity.kms(false)));
    PolicySignature production =
        new WorkflowSignature(TrustedRoot::publicGood, ReleaseSigners.OFFICIAL.anyKms());

    assertThat(refusal(production.verify(DOCUMENT, files))).contains("(signature_log_unknown)");
  }

  @Test
  void somebodyMustBeBelieved() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkflowSignature(TrustedRoot::publicGood, List.of()));
  }
}
