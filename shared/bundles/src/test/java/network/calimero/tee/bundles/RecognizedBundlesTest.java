package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.SignedBy.Form;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;

/** Both verifiers behind the one that tells the forms apart. */
class RecognizedBundlesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] CONTENT = "a policy".getBytes(UTF_8);
  private static final ArtifactDigest ARTIFACT = ArtifactDigest.of(Bytes.of(CONTENT));
  private static final ExpectedSigner EXPECTED =
      SimulatedBundlesTest.expected(WorkflowIdentity.node());

  private final SimulatedSigstore service = SimulatedSigstore.at(NOW);
  private final SignedArtifact signed = service.sign(CONTENT, WorkflowIdentity.node(), NOW);
  private final AtomicInteger made = new AtomicInteger();

  private RecognizedBundles bundles(Bytes forTodays) throws MalformedException {
    Bytes root = Bytes.of(service.trustedRootJson());
    return new RecognizedBundles(
        new SignatureVerifier(TrustedRoot.parse(root)),
        () -> {
          made.incrementAndGet();
          return new TodaysBundles(forTodays);
        });
  }

  @Test
  void takesEachBundleToItsVerifierAndMakesTheSecondWhenItIsNeeded() throws Exception {
    RecognizedBundles bundles = bundles(Bytes.of(service.trustedRootJson()));
    Bytes older = Bytes.of(signed.cosignBundle());
    Bytes todays = Bytes.of(signed.bundle());
    assertThat(bundles.verify(ARTIFACT, older, EXPECTED).form()).isEqualTo(Form.COSIGN_BUNDLE);
    assertThat(made).hasValue(0);
    for (int i = 0; i < 2; i++) {
      assertThat(bundles.verify(ARTIFACT, todays, EXPECTED).form()).isEqualTo(Form.TODAYS_BUNDLE);
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void saysThatTheTrustedRootIsAtFaultWhereItIs() throws Exception {
    RecognizedBundles bundles = bundles(Bytes.of("{\"tlogs\":7}".getBytes(UTF_8)));
    SignatureRefusedException refusal =
        catchThrowableOfType(
            SignatureRefusedException.class,
            () -> bundles.verify(ARTIFACT, Bytes.of(signed.bundle()), EXPECTED));
    assertThat(refusal.code()).isEqualTo(Code.TRUSTED_ROOT_UNUSABLE);
  }

  @Test
  void refusesWhatIsOfNeitherForm() throws Exception {
    RecognizedBundles bundles = bundles(Bytes.of(service.trustedRootJson()));
    for (String text : new String[] {"", "{", "7", "[]", "{}", "{\"mediaType\":7}"}) {
      SignatureRefusedException refusal =
          catchThrowableOfType(
              SignatureRefusedException.class,
              () -> bundles.verify(ARTIFACT, Bytes.of(text.getBytes(UTF_8)), EXPECTED));
      assertThat(refusal.code()).as(text).isEqualTo(Code.BUNDLE_MALFORMED);
    }
    Bytes long_ = Bytes.of(new byte[RecognizedBundles.MAX_SIZE + 1]);
    assertThat(
            catchThrowableOfType(
                    SignatureRefusedException.class,
                    () -> bundles.verify(ARTIFACT, long_, EXPECTED))
                .reason())
        .contains("too long");
    assertThat(made).hasValue(0);
  }
}
