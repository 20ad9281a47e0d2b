package network.calimero.tee.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The site's releases are signed and say what its machines measure. */
class SimulatedReleasesTest {
  private static final String POLICY = "kms-phala-attestation-policy.locked-read-only.json";
  private static final String NODES = "published-mrtds.json";

  private static SimulatedSite site;
  private static SimulatedReleases releases;

  @BeforeAll
  static void publish() throws Exception {
    site = SimulatedSite.start(Instant.now());
    releases = SimulatedReleases.publish(site);
  }

  @AfterAll
  static void close() {
    releases.close();
    site.close();
  }

  @Test
  void bothFamiliesVerifyUnderTheRootOfTheirOwn() throws Exception {
    ReleaseSigners official = ReleaseSigners.OFFICIAL;

    Signer kms = verified("mero-kms", POLICY, official.kmsOnPhala());
    Signer nodes = verified("mero-tee", NODES, official.nodeImages());

    assertThat(kms.workflowName()).isEqualTo("Release mero-kms");
    assertThat(nodes.workflowName()).isEqualTo("Release mero-tee");
    assertThat(nodes.commit()).isEqualTo(kms.commit());
  }

  @Test
  void thePolicyIsThatOfTheSitesMachines() throws Exception {
    PolicyDocument policy = PolicyDocument.parse(read("mero-kms", POLICY));

    assertAccepts(policy.kms(), site.kmsMeasurements());
    assertAccepts(policy.nodes(), site.nodeMeasurements());
    assertThat(policy.composeHashes().orElseThrow().values())
        .containsExactly(Bytes.fromHex(site.kmsComposeHash()));
  }

  @Test
  void theServerHasWhatTheFolderHas() throws Exception {
    URI url = URI.create(releases.url() + "/download/mero-tee-v2.3.74/" + NODES);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url).build();
      byte[] body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();

      assertThat(Bytes.of(body)).isEqualTo(read("mero-tee", NODES));
    }
  }

  @Test
  void theKmsIsToldTheReleaseInPlaceOfItsPolicy() {
    assertThat(releases.kmsEnvironment(site))
        .containsEntry("MERO_KMS_VERSION", "2.3.74")
        .containsEntry("RELEASES_URL", releases.url().toString())
        .doesNotContainKeys("USE_ENV_POLICY", "ALLOWED_MRTD", "ALLOWED_TCB_STATUSES");
  }

  private static Signer verified(String family, String asset, ExpectedSigner expected)
      throws Exception {
    TrustedRoot root = TrustedRoot.parse(Bytes.of(Files.readAllBytes(releases.trustedRoot())));
    CosignBundle bundle = CosignBundle.parse(read(family, asset + ".bundle.json"));
    bundle.requireSame(read(family, asset + ".sig"));
    return new SignatureVerifier(root).verify(read(family, asset), bundle, expected);
  }

  private static Bytes read(String family, String asset) throws Exception {
    Path folder = releases.folder().resolve(family + "-v" + SimulatedReleases.VERSION);
    return Bytes.of(Files.readAllBytes(folder.resolve(asset)));
  }

  private static void assertAccepts(AllowedValues values, Map<Register, Measurement> machine) {
    machine.forEach((register, measured) ->
        assertThat(values.list(register).values()).containsExactly(measured));
  }
}
