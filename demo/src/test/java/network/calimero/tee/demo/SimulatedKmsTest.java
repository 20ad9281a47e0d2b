package network.calimero.tee.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the development program believes, and says when it is started wrongly. */
class SimulatedKmsTest {
  private static final Instant SIGNED = Instant.parse("2026-09-26T13:57:04Z");

  @TempDir Path folder;

  private String outputOf(int expectedCode, Path root, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(KmsChild.simulated(root, KmsChild.FIRST_COMPILER));
    command.addAll(List.of(more));
    return outputOf(expectedCode, command);
  }

  private String outputOf(int expectedCode, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    try (KmsChild kms = KmsChild.start(command, Map.of("LISTEN_ADDR", "127.0.0.1:0"), log)) {
      assertThat(kms.ended().join()).isEqualTo(expectedCode);
    }
    return Files.readString(log);
  }

  @Test
  void missingRootIsSaid() throws Exception {
    assertThat(outputOf(2, folder.resolve("none.pem"))).contains("--root", "none.pem");
  }

  @Test
  void rootThatIsNoCertificateIsSaid() throws Exception {
    Path root = Files.writeString(folder.resolve("root.pem"), "no certificate");

    assertThat(outputOf(2, root)).contains("--root", "root.pem", "certificate");
  }

  @Test
  void unknownArgumentShowsTheUsage() throws Exception {
    assertThat(outputOf(2, folder.resolve("root.pem"), "--intel")).contains("Usage: SimulatedKms");
  }

  private Path root() throws IOException {
    byte[] der = SimulatedPki.at(SIGNED).root().der();
    return Files.write(folder.resolve("root.der"), der);
  }

  @Test
  void sigstoreRootThatIsNoneIsSaid() throws Exception {
    Path none = Files.writeString(folder.resolve("none.json"), "{}");

    assertThat(outputOf(2, KmsChild.simulated(root(), none, KmsChild.FIRST_COMPILER)))
        .contains("--sigstore-root", "none.json", "mediaType");
    assertThat(
            outputOf(
                2,
                KmsChild.simulated(
                    root(), folder.resolve("nowhere.json"), KmsChild.FIRST_COMPILER)))
        .contains("--sigstore-root", "nowhere.json cannot be read");
  }

  @Test
  void releasesSignedUnderTheSigstoreRootAreBelieved() throws Exception {
    SimulatedSigstore sigstore = SimulatedSigstore.at(SIGNED);
    SimulatedPolicy policy =
        SimulatedPolicy.of("2.3.71", "locked-read-only")
            .acceptNode(SimulatedPlatform.at(SIGNED).launch(TdImage.named("node")));
    SignedArtifact signed = sigstore.sign(policy.json(), WorkflowIdentity.kms(false), SIGNED);
    Path sigstoreRoot = Files.write(folder.resolve("root.json"), sigstore.trustedRootJson());
    Path log = folder.resolve("log");
    try (ReleaseServer releases =
            ReleaseServer.start()
                .serve(policy)
                .serve(policy.tag(), policy.asset() + ".sig", signed.sig())
                .serve(policy.tag(), policy.asset() + ".bundle.json", signed.cosignBundle());
        KmsChild kms =
            KmsChild.start(
                KmsChild.simulated(root(), sigstoreRoot, KmsChild.FIRST_COMPILER),
                Map.of(
                    "LISTEN_ADDR", "127.0.0.1:0",
                    "MERO_KMS_VERSION", "2.3.71",
                    "RELEASES_URL", releases.releases().toString()),
                log)) {
      URI ready = kms.awaitHealth().resolve("/ready");
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest request = HttpRequest.newBuilder(ready).build();
        String answer = "";
        while (!answer.contains("\"signed\"")) {
          answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
        assertThat(answer)
            .contains(
                "\"tag\":\"mero-kms-v2.3.71\"",
                "\"signed\":true",
                "\"signer\":\"" + WorkflowIdentity.kms(false).uri() + "\"",
                "\"logIndex\":" + signed.logIndex());
      }
    }
  }
}
