package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.log.LogEvent;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private static List<LogEvent> requests(Site site, String path) {
    return site.log.events().stream()
        .filter(e -> e.name().equals("request"))
        .filter(e -> path.equals(e.fields().get("path")))
        .toList();
  }

  @Test
  void startTellsWhatIsWeakenedAndTheDigestOfTheSettings() throws IOException {
    try (Site site = Site.open(Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false"))) {
      assertThat(site.log.events())
          .filteredOn(event -> event.name().equals("config.warning"))
          .allMatch(event -> event.level() == Level.WARNING)
          .extracting(event -> String.valueOf(event.fields().get("details")))
          .containsExactlyElementsOf(site.config().warnings())
          .anyMatch(warning -> warning.startsWith("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE=false"));
      assertThat(site.log.events())
          .filteredOn(event -> event.name().equals("server.started"))
          .singleElement()
          .satisfies(event ->
              assertThat(event.fields())
                  .containsEntry("profile", "locked-read-only")
                  .containsEntry("securityDigest", site.config().securityDigest()));
    }
  }

  @Test
  void requestIsToldWithWhoAndWhatCameOfIt() throws IOException {
    try (Site site = Site.open()) {
      Node node = site.node();
      String id = node.getKey().header("X-Request-Id");

      LogEvent event = requests(site, "/get-key").getFirst();
      assertThat(event.level()).isEqualTo(Level.INFO);
      assertThat(event.fields())
          .containsEntry("requestId", id)
          .containsEntry("peerId", node.peerId())
          .containsEntry("outcome", "ok")
          .containsEntry("status", 200)
          .containsKey("durationMs");
    }
  }

  @Test
  void refusalIsToldWithItsReason() throws IOException {
    try (Site site = Site.open()) {
      Node node = site.node();
      Map<String, Object> request = node.request(node.challenge());
      request.put("signatureB64", Node.base64(new byte[64]));
      KmsHttp.Answer answer = site.http.post("/get-key", request);

      assertThat(requests(site, "/get-key").getFirst().fields())
          .containsEntry("outcome", "invalid_signature")
          .containsEntry("details", answer.details());
    }
  }

  @Test
  void neitherKeysNorQuotesNorNoncesAreLogged() throws IOException {
    try (Site site = Site.open()) {
      Node node = site.node();
      Node.Challenge challenge = node.challenge();
      byte[] quote = node.quote(challenge);
      String key = site.http.post("/get-key", node.request(challenge, quote)).text("key");
      site.http.post("/get-key", node.request(challenge, quote));
      site.http.post("/attest", Map.of("nonceB64", Node.base64(challenge.nonce())));

      String all = site.log.events().toString();
      assertThat(all)
          .doesNotContain(key)
          .doesNotContain(key.substring(0, 16))
          .doesNotContain(Node.base64(quote).substring(100, 140))
          .doesNotContain(Node.hex(quote).substring(100, 140))
          .doesNotContain(Node.hex(challenge.nonce()))
          .doesNotContain(Node.base64(challenge.nonce()));
    }
  }

  @Test
  void whatIsNoPeerIdIsNotLoggedAsOne() throws IOException {
    try (Site site = Site.open()) {
      site.http.post("/challenge", Map.of("peerId", "not a peer\n{}"));

      assertThat(requests(site, "/challenge").getFirst().fields()).doesNotContainKey("peerId");
      assertThat(site.log.events().toString()).doesNotContain("not a peer");
    }
  }

  @Test
  void faultOfThisProgramIsToldInFullToTheLogOnly() throws Exception {
    try (Site site = Site.open()) {
      KmsPorts broken =
          new KmsPorts(
              path -> {
                throw new IllegalStateException("secret detail");
              },
              site.ports().quotes(),
              site.ports().backend(),
              site.ports().verifier(),
              site.ports().collateral(),
              site.ports().collateralStatus(),
              site.ports().clock(),
              site.ports().freshness(),
              site.ports().random());
      RecordedLog log = new RecordedLog();
      try (KmsServer server = KmsServer.start(site.config(), broken, HttpLimits.DEFAULT, log);
          KmsHttp http = new KmsHttp(server.address())) {
        Node node = new Node(http, site.platform.launch(Site.NODE_IMAGE));
        KmsHttp.Answer answer = node.getKey();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.outcome()).isEqualTo("internal_error");
        assertThat(answer.response().body()).doesNotContain("secret").doesNotContain("java");
        assertThat(log.events())
            .anySatisfy(event -> {
              assertThat(event.level()).isEqualTo(Level.WARNING);
              assertThat(event.cause()).hasMessage("secret detail");
            });
      }
    }
  }
}
