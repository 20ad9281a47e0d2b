package network.calimero.tee.kms.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.server.Trust;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a key server as configured believes. */
class PolicyFeedTest {
  private static final SimulatedPolicy POLICY =
      SimulatedPolicy.of("2.3.71", "locked-read-only")
          .acceptNode(
              SimulatedPlatform.at(Instant.parse("2026-11-21T12:00:00Z"))
                  .launch(TdImage.named("node")));

  @TempDir Path folder;
  private ReleaseServer server;

  @BeforeEach
  void open() throws IOException {
    server = ReleaseServer.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Map<String, String> environment() {
    return Map.of("MERO_KMS_VERSION", "2.3.71", "RELEASES_URL", server.releases().toString());
  }

  private Image image(Optional<Profile> pinned, String settings) throws Exception {
    Path file = Files.writeString(folder.resolve("kms.env"), settings);
    Image image = Image.read(new Image.Files(folder.resolve("image-profile"), file));
    return new Image(pinned, image.settings());
  }

  private LogEvent firstAttempt(Image image, Supplier<TrustedRoot> sigstore) throws Exception {
    CompletableFuture<LogEvent> told = new CompletableFuture<>();
    KmsConfig config = KmsConfig.read(environment(), image);
    try (PolicyFeed feed = PolicyFeed.of(config, sigstore, new Random(1), told::complete)) {
      feed.begin();
      return told.get(30, TimeUnit.SECONDS);
    }
  }

  private LogEvent firstAttempt(Optional<Profile> pinned) throws Exception {
    return firstAttempt(image(pinned, ""), SignedReleases::root);
  }

  private static String details(LogEvent event) {
    return String.valueOf(event.fields().get("details"));
  }

  @Test
  void imageOfAProductionProfileTakesSignedPoliciesOnly() throws Exception {
    server.serve(POLICY);
    LogEvent unsigned = firstAttempt(Optional.of(Profile.LOCKED_READ_ONLY));
    assertThat(unsigned.name()).isEqualTo("policy.attempt_failed");
    assertThat(details(unsigned)).contains("it is not signed");

    SignedReleases.serve(server, POLICY);
    assertThat(firstAttempt(Optional.of(Profile.LOCKED_READ_ONLY)).fields())
        .containsKeys("signer", "logIndex");
  }

  @Test
  void imageWithoutAProfileTakesUnsignedOnesAndSaysSo() throws Exception {
    server.serve(POLICY);

    LogEvent loaded = firstAttempt(Optional.empty());

    assertThat(loaded.name()).isEqualTo("policy.loaded");
    assertThat(loaded.fields()).containsKey("signature").doesNotContainKey("signer");
  }

  @Test
  void simulatedSignaturesAreNothingToWhomBelievesThePublicRoot() throws Exception {
    SignedReleases.serve(server, POLICY);

    LogEvent refused = firstAttempt(image(Optional.empty(), ""), TrustedRoot::publicGood);

    assertThat(details(refused)).contains("(signature_log_unknown)");
  }

  /** Its certificate expired long ago, and nobody but the release server is asked. */
  @Test
  void realReleaseIsTakenByAnImageOfAProductionProfile() throws Exception {
    Path corpus = Path.of(System.getProperty("mero.corpus", "absent"), "mero-tee/signed-policy");
    String asset = POLICY.asset();
    assumeTrue(Files.exists(corpus.resolve(asset)), "no corpus: mero.corpus does not name one");
    for (String file : List.of(asset, asset + ".sig", asset + ".bundle.json")) {
      server.serve(POLICY.tag(), file, Files.readAllBytes(corpus.resolve(file)));
    }

    LogEvent loaded =
        firstAttempt(image(Optional.of(Profile.LOCKED_READ_ONLY), ""), Trust.PRODUCTION.releases());

    assertThat(loaded.fields())
        .containsEntry("tag", "mero-kms-v2.3.71")
        .containsEntry(
            "signer",
            "https://github.com/calimero-network/mero-tee/.github/workflows/"
                + "release-kms-phala.yaml@refs/heads/master")
        .containsEntry("logIndex", 2_968_584_300L);
  }

  @Test
  void rootInTheImageCountsAloneForReleases() throws Exception {
    SignedReleases.serve(server, POLICY);
    Path root = Files.write(folder.resolve("root.json"), SignedReleases.rootJson().toArray());
    Image image =
        image(Optional.of(Profile.LOCKED_READ_ONLY), "SIGSTORE_TRUSTED_ROOT=" + root + "\n");

    assertThat(firstAttempt(image, TrustedRoot::publicGood).name()).isEqualTo("policy.loaded");
  }

  @Test
  void signerInTheImageCountsAlone() throws Exception {
    SignedReleases.serve(server, POLICY);
    Image image =
        image(
            Optional.of(Profile.LOCKED_READ_ONLY),
            "POLICY_IDENTITY=https://github.com/fork/tee/.github/workflows/r.yaml@refs/heads/x\n");

    assertThat(details(firstAttempt(image, SignedReleases::root)))
        .contains("(signature_other_repository)", "expected fork/tee");
  }

  @Test
  void pinOfTheConfigurationCounts() throws Exception {
    SignedReleases.serve(server, POLICY);
    String pin = "MERO_KMS_POLICY_SHA256=" + "ab".repeat(32) + "\n";

    assertThat(details(firstAttempt(image(Optional.empty(), pin), SignedReleases::root)))
        .contains("MERO_KMS_POLICY_SHA256 pins abab");
  }

  @Test
  void imageWhoseRootCannotBeReadDoesNotStart() throws Exception {
    assertRefused("SIGSTORE_TRUSTED_ROOT=/nowhere/root.json cannot be read", "/nowhere/root.json");
    Path none = Files.writeString(folder.resolve("none.json"), "{}");
    assertRefused("is no trusted root of Sigstore: \"mediaType\" is missing", none.toString());
    assertRefused("is no trusted root of Sigstore: ", "/dev/zero");
  }

  private void assertRefused(String problem, String root) throws Exception {
    Image image = image(Optional.empty(), "SIGSTORE_TRUSTED_ROOT=" + root + "\n");
    KmsConfig config = KmsConfig.read(environment(), image);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> PolicyFeed.of(config, SignedReleases::root, new Random(1), event -> {}).close())
        .satisfies(refused ->
            assertThat(refused.problems())
                .singleElement()
                .asString()
                .contains(problem, "or unset it for the public one"));
  }
}
