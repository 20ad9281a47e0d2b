package network.calimero.tee.functions.policy;

import static network.calimero.tee.functions.policy.PolicyFixture.LOCKED;
import static network.calimero.tee.functions.policy.PolicyFixture.NEWER;
import static network.calimero.tee.functions.policy.PolicyFixture.NEW_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.OLDER;
import static network.calimero.tee.functions.policy.PolicyFixture.OLDEST;
import static network.calimero.tee.functions.policy.PolicyFixture.OLD_POLICY;
import static network.calimero.tee.functions.policy.PolicyFixture.json;
import static network.calimero.tee.functions.policy.PolicyFixture.object;
import static network.calimero.tee.functions.policy.PolicyFixture.outcome;
import static network.calimero.tee.functions.policy.PolicyFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.config.KmsUrl;
import network.calimero.tee.release.config.MerodConfig;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.ReleaseVerifier;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.release.verify.VerifiedRelease;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MerodConfigsTest {
  private static final String URL = "https://kms.example.org";
  private static final String PATH = "/api/policy/merod-config";

  private PolicyFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new PolicyFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static ObjectNode body(String tag) {
    return object().put("tag", tag).put("kms_url", URL);
  }

  /** As the script and {@code mero-tee policy generate} make it: from the whole release. */
  private static VerifiedRelease whole(ReleaseServer server, SimulatedRelease release)
      throws Exception {
    SignatureVerifier verifier =
        new SignatureVerifier(TrustedRoot.parse(Bytes.of(PolicyFixture.trustedRoot())));
    ProxySelector direct = ProxySelector.of(null);
    Duration time = Duration.ofSeconds(30);
    try (ReleaseDownloads downloads =
            new ReleaseDownloads(
                new ReleaseDownloads.Settings(
                    List.of(ReleasesUrl.of(server.releases().toString())),
                    Optional.empty(),
                    false,
                    direct,
                    time,
                    Progress.NONE));
        RekorClient log = new RekorClient(server.log(), Optional.empty(), direct, time)) {
      Signatures signatures = new Signatures(RecognizedBundles.olderOnly(verifier), verifier, log);
      ReleaseReport report =
          new ReleaseVerifier(downloads, signatures, SignerRule.OFFICIAL, Optional.empty())
              .verify(ReleaseVersion.of(release.version()).orElseThrow(), Scope.KMS);
      assertThat(report.outcome()).isInstanceOf(ReleaseReport.Genuine.class);
      return ((ReleaseReport.Genuine) report.outcome()).release();
    }
  }

  @Test
  void theTextIsTheScriptsToTheLastByteForEveryGenerationAndProfile() throws Exception {
    for (SimulatedRelease release : List.of(OLDEST, OLDER, NEWER)) {
      VerifiedRelease whole = whole(fixture.server, release);
      for (Profile profile : Profile.values()) {
        String tag = "mero-kms-v" + release.version();
        MerodConfig expected = MerodConfig.of(tag, profile, KmsUrl.of(URL), whole);
        ObjectNode body = body(tag).put("profile", profile.text());
        assertThat(text(fixture.post(PATH, body))).isEqualTo(expected.toml(false));
        assertThat(json(fixture.post(PATH, body.put("format", "json")))).isEqualTo(expected.json());
      }
    }
  }

  @Test
  void lockedIsTheDefaultAndTheAnswerSaysWhatItWasMadeFrom() {
    HttpAnswer toml = fixture.post(PATH, body("2.3.112"));
    assertThat(toml.contentType()).isEqualTo("application/toml");
    assertThat(toml.headers().find("X-Mero-Asset")).contains(NEW_POLICY);
    assertThat(toml.headers().find("Cache-Control")).contains("no-store");
    assertThat(text(toml))
        .startsWith("# Generated from mero-tee release 2.3.112 (commit ")
        .contains(", profile %s)\n[tee]\n[tee.kms]\nurl = \"%s/\"\n".formatted(LOCKED, URL));
    JsonNode json = json(fixture.post(PATH, body("2.3.112").put("format", "json")));
    assertThat(json.at("/config/tee/kms/url").stringValue()).isEqualTo(URL + "/");
  }

  @Test
  void onlyForLockedTheUnprofiledPolicyStandsIn() {
    fixture.server.serve(OLDER.without(OLD_POLICY));
    String debug = "kms-phala-attestation-policy.debug.json";
    fixture.server.serveNothing().serve(OLDER.without(OLD_POLICY, debug));
    HttpAnswer locked = fixture.post(PATH, body("2.3.74"));
    assertThat(locked.headers().find("X-Mero-Asset")).contains("kms-phala-attestation-policy.json");
    assertThat(outcome(fixture.post(PATH, body("2.3.74").put("profile", "debug"))))
        .isEqualTo("404 release_not_found");
  }

  @Test
  void whatMerodOrTheReleaseWouldNotTakeIsRefused() {
    assertThat(outcome(fixture.post(PATH, body("2.3.74").put("kms_url", "http://kms.example"))))
        .isEqualTo("400 invalid_kms_url");
    assertThat(outcome(fixture.post(PATH, body("2.3.74").put("kms_url", "https://u:p@k.example"))))
        .isEqualTo("400 invalid_kms_url");
    assertThat(outcome(fixture.post(PATH, body("latest")))).isEqualTo("400 invalid_tag");
    assertThat(outcome(fixture.post(PATH, body("2.3.74\n[x]")))).isEqualTo("400 invalid_tag");
    assertThat(outcome(fixture.post(PATH, body("2.3.74").put("profile", "x"))))
        .isEqualTo("400 invalid_profile");
    assertThat(outcome(fixture.post(PATH, body("2.3.74").put("format", "yaml"))))
        .isEqualTo("400 invalid_field");
    assertThat(outcome(fixture.post(PATH, object().put("tag", "2.3.74"))))
        .isEqualTo("400 invalid_field");
    assertThat(fixture.server.requests()).isEmpty();
    fixture.server.serve(
        OLDER.resignJson(OLD_POLICY, policy -> policy.put("commit_sha", "x\"\n[evil]")));
    assertThat(outcome(fixture.post(PATH, body("2.3.74"))))
        .isIn("422 policy_unusable", "502 release_refused");
  }
}
