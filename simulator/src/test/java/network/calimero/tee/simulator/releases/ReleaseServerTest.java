package network.calimero.tee.simulator.releases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.sigstore.Verifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files and log entries over HTTP, as GitHub and Rekor give them. */
class ReleaseServerTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TAG = "mero-tee-v2.3.40";
  private static final String ASSET = "published-mrtds.json";
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.of("2.3.40", ReleaseGeneration.A);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private ReleaseServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReleaseServer.start().serve(RELEASE);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void bothFamiliesAreServedUnderTheirTags() throws Exception {
    assertThat(get(server.file(TAG, ASSET)).body()).isEqualTo(RELEASE.file(ASSET));
    URI checksums = server.file("mero-kms-v2.3.40", "kms-phala-checksums.txt");
    assertThat(get(checksums).body()).isEqualTo(RELEASE.file("kms-phala-checksums.txt"));
    assertThat(checksums.toString()).startsWith(server.releases() + "/download/");
    assertThat(get(server.file("mero-tee-v2.3.41", ASSET)).statusCode()).isEqualTo(404);
  }

  @Test
  void filesCanBeStoredElsewhere() throws Exception {
    HttpResponse<byte[]> answer = get(server.storeElsewhere().file(TAG, ASSET));

    assertThat(answer.body()).isEqualTo(RELEASE.file(ASSET));
    assertThat(answer.uri()).isNotEqualTo(server.file(TAG, ASSET));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void theLogIsAskedForAnArtifactsEntries() throws Exception {
    Verifier verifier = new Verifier(RELEASE.sigstore().trustedRootJson());
    String hash = Verifier.sha256(RELEASE.file(ASSET));
    JsonNode uuids = post("index/retrieve", "{\"hash\":\"sha256:" + hash + "\"}");
    assertThat(uuids.size()).isEqualTo(1);

    String uuid = uuids.get(0).stringValue();
    JsonNode entry = JSON.readTree(get(log("log/entries/" + uuid)).body()).get(uuid);
    byte[] promise = base64(entry.at("/verification/signedEntryTimestamp"));
    assertThat(verifier.promised(entry, promise)).isTrue();
    assertThat(verifier.noteSigned(entry.at("/verification/inclusionProof/checkpoint").asString()))
        .isTrue();
    JsonNode body = JSON.readTree(base64(entry.get("body")));
    assertThat(body.at("/spec/data/hash/value").stringValue()).isEqualTo(hash);
    assertThat(base64(body.at("/spec/signature/publicKey/content")))
        .isEqualTo(RELEASE.file(ASSET + ".pem"));

    long index = entry.get("logIndex").longValue();
    JsonNode byIndex = JSON.readTree(get(log("log/entries?logIndex=" + index)).body());
    assertThat(byIndex.get(uuid)).isEqualTo(entry);
    JsonNode retrieved = post("log/entries/retrieve", "{\"entryUUIDs\":[\"" + uuid + "\"]}");
    assertThat(retrieved.get(0).get(uuid)).isEqualTo(entry);
  }

  @Test
  void logsOfSeveralReleasesAnswerAsOne() throws Exception {
    SimulatedRelease other = SimulatedRelease.of("2.3.41", ReleaseGeneration.A);
    server.serve(other);

    for (SimulatedRelease release : List.of(RELEASE, other)) {
      String hash = Verifier.sha256(release.file("release-provenance.json"));
      assertThat(post("index/retrieve", "{\"hash\":\"" + hash + "\"}").size()).isEqualTo(1);
    }
  }

  @Test
  void anArtifactThatWasNotSignedHasNoEntry() throws Exception {
    assertThat(post("index/retrieve", "{\"hash\":\"" + "0".repeat(64) + "\"}").size()).isZero();
    assertThat(get(log("log/entries/" + "0".repeat(80))).statusCode()).isEqualTo(404);
  }

  @Test
  void itMisbehavesWhereToldToAndRemembersWhoAsked() throws Exception {
    server.fault(ASSET, new HttpFault.Status(503), 1);

    assertThat(get(server.file(TAG, ASSET)).statusCode()).isEqualTo(503);
    assertThat(get(server.file(TAG, ASSET)).statusCode()).isEqualTo(200);
    assertThat(server.requests().getFirst().userAgent()).startsWith("Java-http-client");
  }

  private URI log(String path) {
    return server.log().resolve("/api/v1/" + path);
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(log(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static byte[] base64(JsonNode text) {
    return Base64.getDecoder().decode(text.stringValue());
  }
}
