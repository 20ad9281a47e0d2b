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
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    return new RequiredRelease(ReleaseVersion.of(VERSION), Optional.empty(), profile, pin, signed);
  }

  private static RequiredRelease locked() {
    return required(Profile.LOCKED_READ_ONLY, Optional.empty(), false);
  }

  @BeforeEach
  void open() throws IOException {
    server = ReleaseServer.start();
    loader =
        SteppedLoader.of(locked(), PolicySignature.UNAVAILABLE, server.releases(), events::add);
  }

  private void load(RequiredRelease required) {
    load(required, PolicySignature.UNAVAILABLE);
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
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().path())
        .isEqualTo(
            "/calimero-network/mero-tee/releases/download/mero-kms-v2.3.71/" + POLICY.asset());
    assertThat(server.requests().getFirst().userAgent()).startsWith("mero-tee-kms/");
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
    assertThat(field(events.getLast(), "signature")).contains("NOT verified");
  }

  @Test
  void legacyFileIsAskedForOnlyIfTheProfilesFileIsNotThere() {
    server.serve(TAG, LEGACY, POLICY.json());

    assertThat(loader.attempt()).isInstanceOf(PolicyState.Ready.class);
    assertThat(paths()).containsExactly(POLICY.asset(), LEGACY);
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
    assertThat(paths()).containsExactly(POLICY.asset());
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
      assertThat(back.requests()).hasSize(1);
    }
  }

  @Test
  void silentServersAreGivenUp() {
    use(
        SteppedLoader.impatient(
            locked(), PolicySignature.UNAVAILABLE, server.releases(), events::add));
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

  @Test
  void imageThatNeedsASignatureIsNotReady() {
    load(required(Profile.LOCKED_READ_ONLY, Optional.empty(), true));
    server.serve(POLICY);

    assertThat(failedAttempt()).contains("cannot verify policy signatures yet");
  }

  @Test
  void withoutAVersionNothingIsFetchedAndItIsSaidOnce() {
    load(
        new RequiredRelease(
            Optional.empty(), Optional.empty(), Profile.LOCKED_READ_ONLY, Optional.empty(), false));

    assertThat(loader.willTryAgain()).isFalse();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().name()).isEqualTo("policy.not_loadable");
    assertThat(field(events.getFirst(), "details")).contains("MERO_KMS_VERSION");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void faultOfThisProgramDoesNotEndTheAttempts() {
    load(
        required(Profile.LOCKED_READ_ONLY, Optional.empty(), false),
        document -> {
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
            PolicySignature.UNAVAILABLE,
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
            locked(),
            PolicySignature.UNAVAILABLE,
            server.releases(),
            new Random(1),
            told::complete);
    own.start();
    server.awaitRequest();

    own.close();

    assertThat(field(told.get(20, TimeUnit.SECONDS), "details")).contains("127.0.0.1: interrupted");
  }
}
