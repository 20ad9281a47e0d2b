package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.kms.server.policy.SignedReleases;
import network.calimero.tee.kms.server.policy.SteppedLoader;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key server whose policy is from a release, over real sockets on both sides. */
class PolicyFromReleaseTest {
  private static final String NONCE =
      Node.base64("n".repeat(32).getBytes(StandardCharsets.US_ASCII));
  private ReleaseServer releases;
  private SteppedLoader loader;
  private Site site;

  private static RequiredRelease release(boolean signed) {
    return new RequiredRelease(
        ReleaseVersion.of("2.3.71"), Profile.LOCKED_READ_ONLY, Optional.empty(), signed);
  }

  private static SimulatedPolicy accepting(TdImage image) {
    return SimulatedPolicy.of("2.3.71", "locked-read-only")
        .acceptNode(SimulatedPlatform.at(Site.NOW).launch(image));
  }

  @BeforeEach
  void open() throws IOException {
    releases = ReleaseServer.start();
    start(release(true));
  }

  private void start(RequiredRelease required) throws IOException {
    loader =
        SteppedLoader.of(required, SignedReleases.signature(), releases.releases(), event -> {});
    site = Site.under(loader.policy());
  }

  @AfterEach
  void close() throws IOException {
    stop();
    releases.close();
  }

  private void stop() throws IOException {
    site.close();
    loader.close();
  }

  private void assertNotReady(String... reason) {
    KmsHttp.Answer key = site.node().getKey();
    assertThat(key.status()).isEqualTo(503);
    assertThat(key.outcome()).isEqualTo("policy_not_ready");
    assertThat(key.details()).contains(reason);
    KmsHttp.Answer ready = site.http.get("/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().at("/reasons/0").stringValue()).isEqualTo("policy: " + key.details());
    assertThat(site.http.post("/attest", Map.of("nonceB64", NONCE)).status()).isEqualTo(200);
  }

  @Test
  void attestWorksWhileKeysWaitForThePolicyAndTheServerRecoversWithoutRestart() {
    assertNotReady("release 2.3.71 is being loaded");

    releases.fault(".json", new HttpFault.Status(500));
    loader.attempt();
    assertNotReady("kms-phala-attestation-policy.locked-read-only.json", "status 500");

    SignedReleases.serve(releases.clearFaults(), accepting(Site.NODE_IMAGE));
    loader.attempt();
    KmsHttp.Answer key = site.node().getKey();
    assertThat(key.status()).as(key.details()).isEqualTo(200);
    assertThat(key.text("key")).hasSize(64);
  }

  @Test
  void theReleaseThatIsConfiguredIsLoadedByTheServerItself() throws IOException {
    SignedReleases.serve(releases, accepting(Site.NODE_IMAGE));
    try (Site configured =
        Site.open(
            Map.of(
                "USE_ENV_POLICY", "false",
                "MERO_KMS_VERSION", "mero-kms-v2.3.71",
                "RELEASES_URL", releases.releases().toString()))) {
      while (configured.http.get("/ready").status() != 200) {
        Thread.onSpinWait();
      }

      assertThat(configured.node().getKey().outcome()).isEqualTo("ok");
      assertThat(configured.log.events())
          .anySatisfy(event -> assertThat(event.name()).isEqualTo("policy.loaded"));
    }
  }

  @Test
  void keysAreReleasedToTheNodesThatTheReleaseNamesOnly() {
    SignedReleases.serve(releases, accepting(TdImage.named("another")));
    loader.attempt();

    assertThat(site.node().getKey().outcome()).isEqualTo("measurement_policy_rejected");
  }

  @Test
  void clockBeforeThePolicysSignatureIsNotBelieved() {
    SignedReleases.serve(releases, accepting(Site.NODE_IMAGE), Site.NOW);
    loader.attempt();

    KmsHttp.Answer key = site.node().getKey();
    assertThat(key.outcome()).isEqualTo("attestation_verification_failed");
    assertThat(key.details())
        .startsWith("no_verdict: clock_before_issue_date")
        .contains(Site.NOW.plusSeconds(1).toString());
    assertThat(site.http.get("/ready").json().at("/reasons/0").stringValue())
        .startsWith("clock: clock_before_issue_date");

    site.clock.advance(Duration.ofSeconds(1));
    assertThat(site.node().getKey().outcome()).isEqualTo("ok");
    assertThat(site.http.get("/ready").status()).isEqualTo(200);
  }

  @Test
  void readinessTellsReleaseFileDigestAndSigner() {
    SimulatedPolicy policy = accepting(Site.NODE_IMAGE);
    SignedReleases.serve(releases, policy);
    loader.attempt();

    KmsHttp.Answer ready = site.http.get("/ready");
    assertThat(ready.status()).as(ready.response().body()).isEqualTo(200);
    assertThat(ready.json().at("/policy/tag").stringValue()).isEqualTo("mero-kms-v2.3.71");
    assertThat(ready.json().at("/policy/file").stringValue())
        .isEqualTo("kms-phala-attestation-policy.locked-read-only.json");
    assertThat(ready.json().at("/policy/digest").stringValue())
        .isEqualTo(Node.hex(Node.sha256(accepting(Site.NODE_IMAGE).json())));
    assertThat(ready.json().at("/policy/signed").booleanValue()).isTrue();
    assertThat(ready.json().at("/policy/signer").stringValue())
        .isEqualTo(WorkflowIdentity.kms(false).uri());
    assertThat(ready.json().at("/policy/logIndex").longValue()).isPositive();
  }

  @Test
  void imageThatNeedsASignatureReleasesNoKeyWithoutAndSaysSo() throws IOException {
    releases.serve(accepting(Site.NODE_IMAGE));
    loader.attempt();
    assertNotReady("it is not signed", "takes no policy without a signature");

    SignedReleases.serve(releases, accepting(Site.NODE_IMAGE));
    loader.attempt();
    assertThat(site.node().getKey().outcome()).isEqualTo("ok");
  }

  @Test
  void imageThatNeedsNoneSaysThatThereIsNone() throws IOException {
    stop();
    start(release(false));
    releases.serve(accepting(Site.NODE_IMAGE));
    loader.attempt();

    KmsHttp.Answer ready = site.http.get("/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().at("/policy/source").stringValue())
        .isEqualTo("release 2.3.71, NOT signed");
    assertThat(ready.json().at("/policy/signed").booleanValue()).isFalse();
    assertThat(ready.json().at("/policy").has("signer")).isFalse();
    assertThat(ready.json().at("/policy").has("logIndex")).isFalse();
  }
}
