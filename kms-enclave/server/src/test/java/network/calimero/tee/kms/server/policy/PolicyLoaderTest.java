package network.calimero.tee.kms.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.kms.policy.WorkflowSignature;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {
  private static final String VERSION = "2.3.71";
  private static final String TAG = "mero-kms-v2.3.71";
  private static final String LEGACY = "kms-phala-attestation-policy.json";
  private static final SimulatedPolicy POLICY = policy(VERSION, "locked-read-only");

  private final List<LogEvent> events = new ArrayList<>();
  private ReleaseServer server;
  private SteppedLoader loader;

  private static SimulatedPolicy policy(String version, String profile) {
    return SimulatedPolicy.of(version, profile)
        .acceptNode(
            SimulatedPlatform.at(Instant.parse("2026-11-21T12:00:00Z"))
                .launch(TdImage.named("node")));
  }

  private static RequiredRelease required(Profile profile, Optional<Bytes> pin, boolean signed) {
    return new RequiredRelease(ReleaseVersion.of(VERSION), profile, pin, signed);
  }

  private static RequiredRelease locked() {
    return required(Profile.LOCKED_READ_ONLY, Optional.empty(), false);
  }

  @BeforeEach
  void open() throws IOException {
    server = ReleaseServer.start();
    loader = SteppedLoader.of(locked(), SignedReleases.signature(), server.releases(), events::add);
  }

  private void load(RequiredRelease required) {
    load(required, SignedReleases.signature());
  }

  private void load(RequiredRelease required, PolicySignature signature) {
    use(SteppedLoader.of(required, signature, server.releases(), events::add));
  }

  private void use(SteppedLoader next) {
    loader.close();
    loader = next;
  }

  @AfterEach
  void close() {
    loader.close();
    server.close();
  }

  private String failedAttempt() {
    PolicyState state = loader.attempt();
    assertThat(state).isInstanceOf(PolicyState.NotReady.class);
    assertThat(loader.willTryAgain()).isTrue();
    return ((PolicyState.NotReady) state).reason();
  }

  private static String field(LogEvent event, String name) {
    return String.valueOf(event.fields().get(name));
  }

  private List<String> paths() {
    return server.requests().stream()
        .map(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void profilesOwnFileIsLoadedOnceAndNothingIsFetchedAfterwards() {
    server.serve(POLICY);

    PolicyState.Ready ready = (PolicyState.Ready) loader.attempt();

    assertThat(ready.digest()).isEqualTo(Sha256.of(Bytes.of(POLICY.json())).hex());
    assertThat(ready.release().orElseThrow().file()).isEqualTo(POLICY.asset());
    assertThat(loader.willTryAgain()).isFalse();
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getFirst().path())
        .isEqualTo(
            "/calimero-network/mero-tee/releases/download/mero-kms-v2.3.71/" + POLICY.asset());
    assertThat(server.requests().getFirst().userAgent()).startsWith("mero-tee-kms/");
    assertThat(ReleaseDownload.LIMITS.answer()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void eachAttemptIsOneEventAndAnUnverifiedSignatureIsSaidLoudly() {
    loader.attempt();
    server.serve(POLICY);
    loader.attempt();

    assertThat(events).hasSize(2);
    assertThat(events.getFirst().name()).isEqualTo("policy.attempt_failed");
    assertThat(events.getFirst().level()).isEqualTo(Level.WARNING);
    assertThat(events.getFirst().fields()).containsEntry("release", VERSION);
    assertThat(events.getFirst().fields()).containsEntry("attempt", 1);
    assertThat(field(events.getFirst(), "details")).contains("status 404");
    assertThat(events.getLast().name()).isEqualTo("policy.loaded");
    assertThat(events.getLast().level()).isEqualTo(Level.WARNING);
    assertThat(events.getLast().fields()).containsEntry("attempt", 2);
    assertThat(field(events.getLast(), "signature")).startsWith("none: ");
  }

  @Test
  void legacyFileIsAskedForOnlyIfTheProfilesFileIsNotThere() {
    server.serve(TAG, LEGACY, POLICY.json());

    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
    assertThat(paths())
        .containsExactly(POLICY.asset(), LEGACY, LEGACY + ".sig", LEGACY + ".bundle.json");
  }

  @Test
  void legacyFileIsNotAskedForWhenTheServerFails() {
    server.serve(TAG, LEGACY, POLICY.json());
    server.fault(POLICY.asset(), new HttpFault.Status(500));

    assertThat(failedAttempt()).contains(POLICY.asset(), "127.0.0.1", "status 500");
    assertThat(paths()).containsExactly(POLICY.asset());
  }

  @Test
  void legacyFileIsNotAskedForWhenTheProfilesFileIsRefused() {
    server.serve(TAG, LEGACY, POLICY.json());
    server.fault(POLICY.asset(), new HttpFault.Text("oops"));

    assertThat(failedAttempt()).contains(POLICY.asset() + ": document: not JSON");
    assertThat(paths()).doesNotContain(LEGACY);
  }

  @Test
  void legacyFileIsNotAskedForOtherProfiles() {
    server.serve(TAG, LEGACY, policy(VERSION, "debug").json());
    load(required(Profile.DEBUG, Optional.empty(), false));

    assertThat(failedAttempt()).contains("kms-phala-attestation-policy.debug.json");
    assertThat(paths()).containsExactly("kms-phala-attestation-policy.debug.json");
  }

  @Test
  void whatWasTriedIsInTheReason() {
    assertThat(failedAttempt())
        .contains(
            POLICY.asset() + " at 127.0.0.1: not found (status 404); ",
            LEGACY + " at 127.0.0.1: not found (status 404)");
  }

  @Test
  void itTriesAgainWithGrowingPausesUntilTheServerIsWell() {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      failedAttempt();
      pauses.add(loader.pause());
    }
    for (int i = 0; i < 12; i++) {
      Duration longest = Duration.ofSeconds(Math.min(1L << i, 300));
      assertThat(pauses.get(i)).isBetween(longest.dividedBy(2), longest);
    }

    server.serve(POLICY);
    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
    assertThat(loader.willTryAgain()).isFalse();
  }

  @Test
  void serverThatIsGoneAndComesBackIsEnough() throws IOException {
    int port = server.port();
    server.close();
    assertThat(failedAttempt()).contains("no connection");

    try (ReleaseServer back = ReleaseServer.start(port).serve(POLICY)) {
      assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
      assertThat(back.requests()).hasSize(3);
    }
  }

  @Test
  void silentServersAreGivenUp() {
    use(
        SteppedLoader.impatient(
            locked(), SignedReleases.signature(), server.releases(), events::add));
    server.serve(POLICY);
    server.fault(POLICY.asset(), new HttpFault.Hang());
    assertThat(failedAttempt()).contains("no complete answer within 0.3 s");
    server.fault(POLICY.asset(), new HttpFault.HangInBody(100));
    assertThat(failedAttempt()).contains("no complete answer within 0.3 s");
  }

  @Test
  void hugeBodiesAreGivenUp() {
    server.fault(POLICY.asset(), new HttpFault.Oversize(PolicyDocument.MAX_SIZE + 1));

    assertThat(failedAttempt()).contains("more than 1048576 bytes");
  }

  @Test
  void documentOfAnotherReleaseIsRefused() {
    server.serve(TAG, POLICY.asset(), policy("2.3.70", "locked-read-only").json());

    assertThat(failedAttempt()).contains("tag: it is of release 2.3.70, not 2.3.71");
  }

  @Test
  void documentOtherThanThePinnedOneIsRefusedUntilTheRightOneIsThere() {
    load(
        required(Profile.LOCKED_READ_ONLY, Optional.of(Sha256.of(Bytes.of(POLICY.json()))), false));
    byte[] more =
        (new String(POLICY.json(), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    server.serve(TAG, POLICY.asset(), more);
    assertThat(failedAttempt()).contains("MERO_KMS_POLICY_SHA256 pins");

    server.serve(POLICY);
    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
  }

  private void requireSignature() {
    load(required(Profile.LOCKED_READ_ONLY, Optional.empty(), true));
  }

  private String bundle() {
    return POLICY.asset() + ".bundle.json";
  }

  private String sig() {
    return POLICY.asset() + ".sig";
  }

  @Test
  void signedPolicyIsLoadedAndTheLogSaysByWhom() {
    requireSignature();
    SignedArtifact signed = SignedReleases.sign(POLICY);
    SignedReleases.serve(server, POLICY, signed);

    PolicyState.Ready ready = (PolicyState.Ready) loader.attempt();

    assertThat(ready.release().orElseThrow().signer())
        .contains(
            new PolicySignature.Verdict.Verified(
                WorkflowIdentity.kms(false).uri(), signed.logIndex(), SignedReleases.LOGGED));
    assertThat(paths()).containsExactly(POLICY.asset(), sig(), bundle());
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().level()).isEqualTo(Level.INFO);
    assertThat(events.getFirst().fields())
        .containsEntry("tag", TAG)
        .containsEntry("file", POLICY.asset())
        .containsEntry("sha256", Sha256.of(Bytes.of(POLICY.json())).hex())
        .containsEntry("signer", WorkflowIdentity.kms(false).uri())
        .containsEntry("logIndex", signed.logIndex());
  }

  @Test
  void imageThatNeedsASignatureTakesNoPolicyWithout() {
    requireSignature();
    server.serve(POLICY).serve(TAG, LEGACY, POLICY.json());

    assertThat(failedAttempt())
        .contains(
            sig() + " at 127.0.0.1: not found (status 404)",
            bundle() + " at 127.0.0.1: not found (status 404)",
            POLICY.asset() + ": it is not signed");
    assertThat(paths()).doesNotContain(LEGACY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void halfASignatureIsFinalWhereverItIs(boolean required) {
    load(required(Profile.LOCKED_READ_ONLY, Optional.empty(), required));
    SignedArtifact signed = SignedReleases.sign(POLICY);
    server.serve(POLICY).serve(TAG, LEGACY, POLICY.json());

    server.serve(TAG, sig(), signed.sig());
    assertThat(failedAttempt()).contains("has no .bundle.json of it, but a .sig");
    server.serveNothing().serve(POLICY).serve(TAG, bundle(), signed.cosignBundle());
    assertThat(failedAttempt()).contains("has no .sig of it, but a .bundle.json");
    assertThat(paths()).doesNotContain(LEGACY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wrongSignatureIsFinalWhereverItIsAndTheReasonSaysWhoSigned(boolean required) {
    load(required(Profile.LOCKED_READ_ONLY, Optional.empty(), required));
    SignedReleases.serve(
        server,
        POLICY,
        SignedReleases.sign(
            POLICY, WorkflowIdentity.kms(false).withRepository("else/mero-tee", "7"), s -> {}));
    server.serve(TAG, LEGACY, POLICY.json());

    assertThat(failedAttempt())
        .contains(
            "its signature is refused: signed by another repository",
            "it is signed by https://github.com/else/mero-tee/.github/workflows/",
            "(signature_other_repository)");
    assertThat(paths()).doesNotContain(LEGACY);
  }

  @Test
  void bundleOfAnotherSignatureThanTheOneBesideItIsRefused() {
    requireSignature();
    SignedReleases.serve(server, POLICY);
    server.serve(TAG, sig(), SignedReleases.sign(policy(VERSION, "debug")).sig());

    assertThat(failedAttempt()).contains("(signature_signature_file_differs)");
  }

  @Test
  void signatureOfAnotherDocumentIsRefused() {
    requireSignature();
    SignedReleases.serve(server, POLICY);
    SimulatedPolicy other =
        policy(VERSION, "locked-read-only")
            .acceptNode(
                SimulatedPlatform.at(Instant.parse("2026-11-21T12:00:00Z"))
                    .launch(TdImage.named("of the attacker")));
    server.serve(other);

    assertThat(failedAttempt()).contains("(signature_log_entry_of_other_artifact)");
  }

  @Test
  void signatureOfAnotherServiceIsRefused() {
    load(
        required(Profile.LOCKED_READ_ONLY, Optional.empty(), true),
        new WorkflowSignature(TrustedRoot::publicGood, ReleaseSigners.OFFICIAL.anyKms()));
    SignedReleases.serve(server, POLICY);

    assertThat(failedAttempt()).contains("(signature_log_unknown)");
  }

  @Test
  void policyOfAClusterIsSignedByItsOwnWorkflow() {
    requireSignature();
    SignedReleases.serve(
        server, POLICY, SignedReleases.sign(POLICY, WorkflowIdentity.kms(true), s -> {}));

    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
  }

  @Test
  void signatureIsVerifiedBeforeTheDocumentIsRead() {
    requireSignature();
    SignedReleases.serve(server, POLICY);
    server.fault(POLICY.asset(), new HttpFault.Text("oops"));

    assertThat(failedAttempt())
        .contains("(signature_log_entry_of_other_artifact)")
        .doesNotContain("not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {".sig", ".bundle.json"})
  void signatureThatCannotBeHadEndsTheAttemptUntilItCan(String file) {
    SignedReleases.serve(server, POLICY);
    server.fault(file, new HttpFault.Status(500));
    assertThat(failedAttempt()).contains(POLICY.asset() + file + " at 127.0.0.1: status 500");

    server.clearFaults();
    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
  }

  @Test
  void withoutAVersionNothingIsFetchedAndItIsSaidOnce() {
    load(new RequiredRelease(Optional.empty(), Profile.LOCKED_READ_ONLY, Optional.empty(), false));

    assertThat(loader.willTryAgain()).isFalse();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().name()).isEqualTo("policy.not_loadable");
    assertThat(field(events.getFirst(), "details")).contains("MERO_KMS_VERSION");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void faultOfThisProgramOrItsMachineDoesNotEndTheAttempts(boolean ofTheMachine) {
    load(
        required(Profile.LOCKED_READ_ONLY, Optional.empty(), false),
        (document, files) -> {
          if (ofTheMachine) {
            throw new OutOfMemoryError("broken");
          }
          throw new IllegalStateException("broken");
        });
    server.serve(POLICY);

    assertThat(failedAttempt()).contains("a fault of the KMS").doesNotContain("broken");
    assertThat(events.getFirst().name()).isEqualTo("policy.attempt_broken");
    assertThat(events.getFirst().cause()).hasMessage("broken");
  }

  @Test
  void startedAsInProductionItLoadsByItself() throws Exception {
    server.serve(POLICY);
    CompletableFuture<LogEvent> told = new CompletableFuture<>();
    try (PolicyLoader own =
        PolicyLoader.of(
            locked(),
            SignedReleases.signature(),
            server.releases(),
            new Random(1),
            told::complete)) {
      own.start();

      assertThat(told.get(30, TimeUnit.SECONDS).name()).isEqualTo("policy.loaded");
      assertThat(own.policy().current()).isInstanceOf(PolicyState.Ready.class);
    }
  }

  @Test
  void closingEndsAnAttemptThatHangs() throws Exception {
    server.fault(POLICY.asset(), new HttpFault.Hang());
    CompletableFuture<LogEvent> told = new CompletableFuture<>();
    PolicyLoader own =
        PolicyLoader.of(
            locked(), SignedReleases.signature(), server.releases(), new Random(1), told::complete);
    own.start();
    server.awaitRequest();

    own.close();

    assertThat(field(told.get(20, TimeUnit.SECONDS), "details")).contains("127.0.0.1: interrupted");
  }
}
