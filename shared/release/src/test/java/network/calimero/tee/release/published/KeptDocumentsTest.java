package network.calimero.tee.release.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProxySelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.DocumentReport;
import network.calimero.tee.release.verify.DocumentVerifier;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptDocumentsTest {
  private static final String VERSION = "2.3.74";
  private static final ReleaseVersion RELEASE = ReleaseVersion.of(VERSION).orElseThrow();
  private static final SimulatedRelease SOUND = SimulatedRelease.of(VERSION, ReleaseGeneration.B);
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final KeptDocuments.Times TIMES = KeptDocuments.Times.DEFAULT;
  private static final ProxySelector DIRECT = ProxySelector.of(null);

  private ReleaseServer server;
  private ReleaseDownloads downloads;
  private RekorClient log;
  private KeptDocuments documents;
  private List<ReleaseVersion> listed = List.of();

  @BeforeEach
  void start() throws IOException, MalformedException {
    server = ReleaseServer.start();
    downloads =
        new ReleaseDownloads(
            new ReleaseDownloads.Settings(
                List.of(ReleasesUrl.of(server.releases().toString())),
                Optional.empty(),
                true,
                DIRECT,
                Duration.ofSeconds(20),
                Progress.NONE));
    log = new RekorClient(server.log(), Optional.empty(), DIRECT, Duration.ofSeconds(20));
    SignatureVerifier verifier =
        new SignatureVerifier(TrustedRoot.parse(Bytes.of(SOUND.sigstore().trustedRootJson())));
    documents =
        new KeptDocuments(
            new DocumentVerifier(
                downloads,
                new Signatures(RecognizedBundles.olderOnly(verifier), verifier, log),
                SignerRule.OFFICIAL),
            TIMES,
            (family, _) -> family == Family.NODE ? listed : List.of());
  }

  @AfterEach
  void stop() {
    log.close();
    downloads.close();
    server.close();
  }

  private DocumentReport.Outcome outcome(Asset asset, Instant at) {
    return documents.document(RELEASE, asset, at).outcome();
  }

  private String refusal(SimulatedRelease release, Asset asset) {
    server.serve(release);
    return outcome(asset, NOW) instanceof DocumentReport.Refused refused
        ? refused.refusal().code()
        : "not refused";
  }

  @Test
  void documentsOfBothFamiliesAreGenuine() {
    server.serve(SOUND);
    for (Asset asset :
        List.of(
            NodeAssets.PUBLISHED_MRTDS,
            KmsAssets.PHALA.policy(Profile.DEBUG),
            KmsAssets.PHALA.unprofiledPolicy(),
            KmsAssets.PHALA.compatibilityMap())) {
      assertThat(outcome(asset, NOW))
          .as(asset.name())
          .isInstanceOfSatisfying(
              DocumentReport.Genuine.class,
              genuine ->
                  assertThat(genuine.document().content().toArray())
                      .isEqualTo(SOUND.file(asset.name())));
    }
  }

  @Test
  void whatIsNotThereIsAbsentAndWhatIsNoDocumentIsNoQuestion() {
    server.serve(SOUND);
    assertThat(outcome(KmsAssets.CLUSTER.compatibilityMap(), NOW))
        .isInstanceOf(DocumentReport.Absent.class);
    assertThatThrownBy(() -> outcome(NodeAssets.SBOM, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoGivesUpWaitingSpoilsNothingForOthers() {
    server.serve(SOUND);
    Thread.currentThread().interrupt();
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW)).isInstanceOf(DocumentReport.Unknown.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW)).isInstanceOf(DocumentReport.Genuine.class);
  }

  @Test
  void changedFilesAreRefused() {
    Asset asset = NodeAssets.PUBLISHED_MRTDS;
    assertThat(refusal(SOUND.change(asset.name(), KeptDocumentsTest::longer), asset))
        .startsWith("signature_");
  }

  @Test
  void filesWithoutSignatureAreRefused() {
    Asset asset = NodeAssets.PUBLISHED_MRTDS;
    assertThat(refusal(SOUND.without(asset.signature().name()), asset))
        .isEqualTo("release_signature_missing");
  }

  @Test
  void signedMeasurementsOfAnotherVersionAreRefused() {
    Asset asset = NodeAssets.PUBLISHED_MRTDS;
    assertThat(refusal(SOUND.resignJson(asset.name(), json -> json.put("tag", "2.3.73")), asset))
        .isEqualTo("release_document_of_other_version");
  }

  @Test
  void signedPoliciesOfAnotherProfileAreRefused() {
    Asset asset = KmsAssets.PHALA.policy(Profile.LOCKED_READ_ONLY);
    String debug = KmsAssets.PHALA.policy(Profile.DEBUG).name();
    assertThat(
            refusal(
                SOUND.with(asset.name(), SOUND.file(debug)).withSignatureOf(debug, asset.name()),
                asset))
        .isEqualTo("release_document_malformed");
  }

  private static byte[] longer(byte[] content) {
    byte[] longer = Arrays.copyOf(content, content.length + 1);
    longer[content.length] = '\n';
    return longer;
  }

  @Test
  void whatIsGenuineIsAskedForOnceAnHour() {
    server.serve(SOUND);
    outcome(NodeAssets.PUBLISHED_MRTDS, NOW);
    int asked = server.requests().size();
    outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plus(TIMES.genuine()).minusMillis(1));
    assertThat(server.requests()).hasSize(asked);
    outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plus(TIMES.genuine()));
    assertThat(server.requests()).hasSizeGreaterThan(asked);
  }

  @Test
  void whatWasGenuineOutlivesAnOutageButNotAWithdrawal() {
    server.serve(SOUND);
    outcome(NodeAssets.PUBLISHED_MRTDS, NOW);
    server.fault(".json", new HttpFault.Status(503));
    Instant later = NOW.plus(TIMES.genuine());
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, later))
        .isInstanceOf(DocumentReport.Genuine.class);
    int asked = server.requests().size();
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, later.plusMillis(1)))
        .isInstanceOf(DocumentReport.Genuine.class);
    assertThat(server.requests()).hasSize(asked);
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plus(TIMES.outage())))
        .isInstanceOf(DocumentReport.Unknown.class);

    server.clearFaults().serveNothing();
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plus(TIMES.outage().plusMinutes(1))))
        .isInstanceOf(DocumentReport.Absent.class);
  }

  private void askForWhatDoesNotExist(Instant at) {
    for (int i = 0; i < KeptDocuments.MOST; i++) {
      ReleaseVersion none = ReleaseVersion.of("9.9." + i).orElseThrow();
      documents.document(none, NodeAssets.PUBLISHED_MRTDS, at);
    }
  }

  @Test
  void whoAsksForWhatDoesNotExistKeepsNobodyFromWhatDoes() {
    server.serve(SOUND);
    outcome(NodeAssets.PUBLISHED_MRTDS, NOW);
    Instant later = NOW.plus(TIMES.genuine());
    askForWhatDoesNotExist(later);
    int asked = server.requests().size();

    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, later))
        .as("known, and not looked at again yet")
        .isInstanceOf(DocumentReport.Genuine.class);
    assertThat(outcome(KmsAssets.PHALA.policy(Profile.DEBUG), later))
        .as("of a family whose list does not name the release")
        .isInstanceOfSatisfying(
            DocumentReport.Unknown.class,
            unknown -> assertThat(unknown.failure().code()).isEqualTo(SourceException.Code.BUSY));
    assertThat(server.requests()).hasSize(asked);

    listed = List.of(RELEASE);
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, later))
        .as("listed")
        .isInstanceOf(DocumentReport.Genuine.class);
    assertThat(server.requests()).hasSizeGreaterThan(asked);
    assertThat(outcome(KmsAssets.PHALA.policy(Profile.DEBUG), later.plusSeconds(60)))
        .as("a minute later")
        .isInstanceOf(DocumentReport.Genuine.class);
  }

  @Test
  void whatCouldNotBeHadIsAskedForAgainSoon() {
    server.serve(SOUND).fault(".json", new HttpFault.Status(503));
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW)).isInstanceOf(DocumentReport.Unknown.class);
    server.clearFaults();
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plusMillis(1)))
        .isInstanceOf(DocumentReport.Unknown.class);
    assertThat(outcome(NodeAssets.PUBLISHED_MRTDS, NOW.plus(TIMES.unknown())))
        .isInstanceOf(DocumentReport.Genuine.class);
  }
}
