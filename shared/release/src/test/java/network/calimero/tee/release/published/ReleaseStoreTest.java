package network.calimero.tee.release.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.source.ListedRelease;
import network.calimero.tee.release.source.ReleaseIndex;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseStoreTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(100));
  private static final String INDEX = "index.json";
  private static final HttpFault DOWN = new HttpFault.Status(503);

  private ReleaseServer server;
  private ReleaseStore store;

  @BeforeEach
  void start() throws Exception {
    server = ReleaseServer.start();
    store = ReleaseStore.simulated(access(), TrustedRoot.publicGood());
  }

  private ReleaseStore.Access access() {
    return new ReleaseStore.Access(
        List.of(ReleasesUrl.of(server.releases().toString())),
        server.log(),
        ProxySelector.of(null),
        Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private List<String> listed(Instant now) throws SourceException {
    return store.listing().releases(now).releases().stream().map(ListedRelease::tag).toList();
  }

  private SourceException.Code failure(Instant now) {
    return catchThrowableOfType(SourceException.class, () -> listed(now)).code();
  }

  @Test
  void releasesAreListedByTheirDateNewestFirstWhateverTheirNumbers() throws Exception {
    server.list("mero-kms-v2.3.99", LONG_AGO).list("mero-tee-v2.3.99", LONG_AGO);
    server.list("mero-kms-v2.3.100", NOW).list("mero-tee-v2.3.71", NOW.minusSeconds(5));
    assertThat(listed(NOW))
        .containsExactly(
            "mero-kms-v2.3.100", "mero-tee-v2.3.71", "mero-tee-v2.3.99", "mero-kms-v2.3.99");
    assertThat(store.listing().newest(Family.NODE, NOW))
        .containsExactly(new ReleaseVersion(2, 3, 71), new ReleaseVersion(2, 3, 99));
  }

  @Test
  void tagsOfOtherThingsAndPreReleasesAreNotListed() throws Exception {
    server.list("mero-kms-v2.3.74-rc.1", NOW).list("v1.0.0", NOW).list("mero-kms-v2.3", NOW);
    server.list("mero-kms-v2.3.74/../x", NOW).list("MERO-KMS-V2.3.74", NOW);
    server.list("mero-kms-v2.3.74", NOW);
    assertThat(listed(NOW)).containsExactly("mero-kms-v2.3.74");
  }

  @Test
  void draftsAndPreReleasesAreLeftOutWhateverTheirTags() throws Exception {
    server.list("mero-kms-v2.3.74", NOW);
    for (String flag : List.of("draft", "prerelease")) {
      server.fault(
          INDEX,
          new HttpFault.ChangeBody(body ->
              new String(body, UTF_8)
                  .replace("\"%s\":false".formatted(flag), "\"%s\":true".formatted(flag))
                  .getBytes(UTF_8)));
      try (ReleaseStore other = ReleaseStore.simulated(access(), TrustedRoot.publicGood())) {
        assertThat(other.listing().releases(NOW).releases()).isEmpty();
      }
      server.clearFaults();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"message\":\"rate limit exceeded\"}",
        "[1]",
        "[[]]",
        "[{}",
        "[{}]{}",
        "[{\"draft\":\"perhaps\"}]",
        "[{\"draft\":false,\"draft\":true}]",
      })
  void whatIsNoListIsNotTakenForAnEmptyOne(String body) {
    server.fault(INDEX, new HttpFault.ChangeBody(_ -> body.getBytes(UTF_8)));
    assertThat(failure(NOW)).isEqualTo(SourceException.Code.LIST_MALFORMED);
    assertThat(store.listing().newest(Family.KMS, NOW)).isEmpty();
  }

  @Test
  void aMirrorNeverGetsTheTokenForGitHub() throws Exception {
    server.list("mero-kms-v2.3.74", NOW);
    ReleaseStore.Access open = access();
    ReleaseStore.Access access =
        new ReleaseStore.Access(
            open.servers(), open.log(), open.proxies(), open.perFile(), Optional.of("a-token"));
    try (ReleaseStore withToken = ReleaseStore.simulated(access, TrustedRoot.publicGood())) {
      assertThat(withToken.listing().releases(NOW).releases()).hasSize(1);
    }
    assertThat(server.requests())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.header("authorization")).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "403, X-RateLimit-Remaining, 0, LIST_LIMITED",
    "429, Retry-After, 60, LIST_LIMITED",
    "403, X-RateLimit-Remaining, 59, STATUS",
    "503, Retry-After, 60, STATUS"
  })
  void aLimitIsToldFromOtherRefusals(
      int status, String header, String value, SourceException.Code expected) throws Exception {
    try (LoopbackServer limited =
            LoopbackServer.start(0, _ -> HttpAnswer.empty(status).withHeader(header, value));
        ReleaseIndex index =
            new ReleaseIndex(
                List.of(ReleasesUrl.of(limited.baseUri().toString())),
                ProxySelector.of(null),
                Duration.ofSeconds(20),
                Optional.empty())) {
      assertThat(catchThrowableOfType(SourceException.class, index::releases).code())
          .isEqualTo(expected);
    }
  }

  @Test
  void theListOutlivesAnOutageForADayAndSaysHowOldItIs() throws Exception {
    server.list("mero-kms-v2.3.74", LONG_AGO);
    listed(NOW);
    server.fault(INDEX, DOWN);
    Instant later = NOW.plus(Duration.ofHours(23));
    assertThat(listed(later)).containsExactly("mero-kms-v2.3.74");
    assertThat(store.listing().releases(later).at()).isEqualTo(NOW);
    assertThat(failure(NOW.plus(Duration.ofHours(25)))).isEqualTo(SourceException.Code.STATUS);
  }

  @Test
  void theStoreIsAskedOncePerFiveMinutesAndInAnOutageOncePerHalfMinute() throws Exception {
    for (int seconds = 0; seconds < 300; seconds += 60) {
      listed(NOW.plusSeconds(seconds));
    }
    assertThat(server.requests()).hasSize(1);
    server.fault(INDEX, DOWN);
    for (int seconds = 300; seconds < 360; seconds += 10) {
      listed(NOW.plusSeconds(seconds));
    }
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void documentsAreVerifiedUnderTheGivenRootOnly() throws Exception {
    SimulatedRelease release = SimulatedRelease.of("2.3.74", ReleaseGeneration.B);
    ReleaseVersion version = new ReleaseVersion(2, 3, 74);
    server.serve(release);
    assertThat(store.document(version, NodeAssets.PUBLISHED_MRTDS, NOW).outcome())
        .isInstanceOf(DocumentReport.Refused.class);
    TrustedRoot root = TrustedRoot.parse(Bytes.of(release.sigstore().trustedRootJson()));
    try (ReleaseStore trusting = ReleaseStore.simulated(access(), root)) {
      assertThat(trusting.document(version, NodeAssets.PUBLISHED_MRTDS, NOW).outcome())
          .isInstanceOf(DocumentReport.Genuine.class);
      assertThat(trusting.isSimulated()).isTrue();
    }
    try (ReleaseStore production = ReleaseStore.production(access())) {
      assertThat(production.document(version, NodeAssets.PUBLISHED_MRTDS, NOW).outcome())
          .isInstanceOf(DocumentReport.Refused.class);
      assertThat(production.isSimulated()).isFalse();
    }
  }

  @Test
  void todaysBundlesAreRefusedByName() throws Exception {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.112", ReleaseGeneration.C).todaysBundles().build();
    server.serve(release);
    TrustedRoot root = TrustedRoot.parse(Bytes.of(release.sigstore().trustedRootJson()));
    try (ReleaseStore trusting = ReleaseStore.simulated(access(), root)) {
      DocumentReport report =
          trusting.document(
              new ReleaseVersion(2, 3, 112), KmsAssets.CLUSTER.compatibilityMap(), NOW);
      assertThat(report.outcome())
          .isInstanceOfSatisfying(
              DocumentReport.Refused.class,
              refused ->
                  assertThat(refused.refusal().code())
                      .isEqualTo("signature_todays_bundle_not_read"));
    }
  }
}
