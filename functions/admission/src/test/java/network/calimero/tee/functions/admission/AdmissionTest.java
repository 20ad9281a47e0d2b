package network.calimero.tee.functions.admission;

import static network.calimero.tee.functions.admission.Node.changed;
import static network.calimero.tee.functions.admission.Scene.json;
import static network.calimero.tee.functions.admission.Scene.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Caller.Proof;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AdmissionTest {
  private static final String TAG = "mero-tee-v" + Fleet.VERSION;
  private static final String CLAIMED = "ADMISSION_ALLOW_CLAIMED";

  private final Node node = new Node(Fleet.node());

  private static String text(JsonNode json, String pointer) {
    return json.at(pointer).asString("");
  }

  @Test
  void aVerdictSaysByWhatItWasReached() throws Exception {
    try (Scene scene = new Scene()) {
      HttpAnswer answer = scene.ask(node.registers("c-1"));
      JsonNode json = json(answer);
      Bytes document = Bytes.of(Fleet.RELEASE.file("published-mrtds.json"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(json.get("admitted").booleanValue()).isTrue();
      assertThat(text(json, "/assurance")).isEqualTo("attested");
      assertThat(json.get("reasons")).isEmpty();
      assertThat(json.get("limited_by")).isEmpty();
      assertThat(text(json, "/challenge")).isEqualTo("c-1");
      assertThat(text(json, "/peer_id")).isEqualTo("12D3KooWPeer");
      assertThat(text(json, "/release")).isEqualTo(TAG);
      assertThat(text(json, "/profile")).isEqualTo("locked-read-only");
      assertThat(text(json, "/policy/tag")).isEqualTo(TAG);
      assertThat(text(json, "/policy/asset")).isEqualTo("published-mrtds.json");
      assertThat(text(json, "/policy/sha256")).isEqualTo(Sha256.of(document).hex());
      assertThat(text(json, "/tcb_status")).isEqualTo("UpToDate");
      assertThat(json.get("advisory_ids")).isEmpty();
      assertThat(text(json, "/measurements/mrtd")).isEqualTo(node.mrtd());
      assertThat(text(json, "/decided_at")).isEqualTo("2026-10-01T12:00:00Z");
      assertThat(text(json, "/expires_at")).isEqualTo("2026-10-02T12:00:00Z");
      assertThat(text(json, "/caller_proof")).isEqualTo("aws_iam");
      assertThat(json.has("warning")).isFalse();
      assertThat(json.get("simulated").booleanValue()).isTrue();
      assertThat(answer.headers().find("Cache-Control")).contains("no-store");
      assertThat(answer.headers().find("X-Mero-Tee")).contains("SIMULATED");
    }
  }

  @Test
  void advisoriesAreToldOfThoseThatAreRefusedForThem() throws Exception {
    try (Scene scene = new Scene()) {
      TdImage image = TdImage.named("node-locked-read-only");
      JsonNode json = json(scene.ask(new Node(Fleet.OUT_OF_DATE.launch(image)).registers("c")));
      assertThat(text(json, "/tcb_status")).isEqualTo("OutOfDate");
      assertThat(text(json, "/advisory_ids/0")).isEqualTo("INTEL-SA-00001");
      assertThat(json.get("release").isNull()).isTrue();
      assertThat(text(json, "/assurance")).isEqualTo("attested");
    }
  }

  @Test
  void aVerdictNeverOutlivesTheCollateralThatItRestsOn() throws Exception {
    try (Scene scene = new Scene("ADMISSION_VALID_FOR", "P30D")) {
      JsonNode json = json(scene.ask(node.registers("c")));
      assertThat(Instant.parse(text(json, "/expires_at")))
          .isAfter(Fleet.NOW)
          .isBefore(Fleet.NOW.plus(Duration.ofDays(30)));
    }
  }

  @Test
  void noVerdictIsNeverLikeARefusal() throws Exception {
    try (Scene scene = new Scene()) {
      scene.intel.fault("", new HttpFault.Status(503));
      HttpAnswer unknown = scene.ask(node.registers("c"));
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(json(unknown).get("admitted").isNull()).isTrue();
      assertThat(text(json(unknown), "/code")).isEqualTo("collateral_unavailable");
      assertThat(json(unknown).has("reasons")).isFalse();

      HttpAnswer no = scene.ask(node.says("c"));
      assertThat(no.status()).isEqualTo(403);
      assertThat(json(no).get("admitted").booleanValue()).isFalse();
      assertThat(json(no).get("expires_at").isNull()).isTrue();
      assertThat(json(no).has("error")).isFalse();
      assertThat(json(no).has("code")).isFalse();
    }
  }

  @Test
  void claimsAreVisible() throws Exception {
    try (Scene scene = new Scene(CLAIMED, "true")) {
      JsonNode word = json(scene.ask(node.says("c")));
      assertThat(word.get("admitted").booleanValue()).isTrue();
      assertThat(text(word, "/assurance")).isEqualTo("claimed");
      assertThat(text(word, "/limited_by/0/code")).isEqualTo("no_quote");
      assertThat(word.get("tcb_status").isNull()).isTrue();
      assertThat(word.get("measurements").isNull()).isTrue();
      assertThat(text(word, "/release")).isEqualTo(TAG);

      JsonNode relayable = json(scene.ask(node.registersByAttest("c")));
      assertThat(relayable.get("admitted").booleanValue()).isTrue();
      assertThat(text(relayable, "/assurance")).isEqualTo("claimed");
      assertThat(text(relayable, "/limited_by/0/code")).isEqualTo("quote_for_anybody");
      assertThat(text(relayable, "/tcb_status")).isEqualTo("UpToDate");
    }
  }

  @Test
  void reportDataOfAnyOtherFormIsNotBound() throws Exception {
    try (Scene scene = new Scene(CLAIMED, "true")) {
      for (ReportData data :
          List.of(
              ReportData.of(new byte[64]),
              ReportData.of(Bytes.of(new byte[32]), Bytes.fromHex(Scene.CONSTANT)))) {
        assertThat(
                outcome(
                    scene.ask(changed(node.says("c"), it -> it.put("quote", node.quote(data))))))
            .isEqualTo("refused binding_differs");
      }
    }
  }

  @Test
  void eachTrustedReleaseIsLookedAtUnlessOneIsNamed() throws Exception {
    try (Scene scene = new Scene("ADMISSION_RELEASES", "2.3.73, mero-tee-v2.3.74")) {
      scene.releases.serve(Fleet.OLDER_RELEASE);
      Node older = new Node(Fleet.PLATFORM.launch(TdImage.named("node-locked-read-only-older")));
      assertThat(text(json(scene.ask(older.registers("c"))), "/release"))
          .isEqualTo("mero-tee-v2.3.73");
      assertThat(text(json(scene.ask(node.registers("c"))), "/release")).isEqualTo(TAG);
      assertThat(
              outcome(
                  scene.ask(
                      changed(node.registers("c"), it -> it.put("release", "mero-tee-v2.3.73")))))
          .isEqualTo("refused measurement_not_published");
    }
  }

  @Test
  void onlyListedCallersThatThePlatformProvedMayAsk() throws Exception {
    try (Scene scene = new Scene()) {
      for (Caller caller : List.of(Scene.MDMA, new Caller(Proof.GOOGLE_OIDC, "m@p.example.org"))) {
        assertThat(outcome(scene.askAs(caller, node.registers("c")))).isEqualTo("attested");
      }
      String start = "arn:aws:sts::123456789012:assumed-role/mdma";
      for (Caller caller :
          List.of(
              new Caller(Proof.AWS_IAM, start),
              new Caller(Proof.AWS_IAM, start + "/"),
              new Caller(Proof.AWS_IAM, start + "/a/b"),
              new Caller(Proof.AWS_IAM, start + "-x/manager"),
              new Caller(Proof.AWS_IAM, "m@p.example.org"),
              new Caller(Proof.GOOGLE_OIDC, start + "/manager"),
              new Caller(Proof.GOOGLE_OIDC, start + "/*"),
              new Caller(Proof.GOOGLE_OIDC, "M@p.example.org"),
              new Caller(Proof.LOCAL_OPEN, "m@p.example.org"))) {
        HttpAnswer answer = scene.askAs(caller, node.registers("c"));
        assertThat(outcome(answer)).as(caller.toString()).isEqualTo("403 caller_required");
        assertThat(json(answer).get("admitted").isNull()).isTrue();
      }
      assertThat(outcome(scene.askAs(null, node.registers("c")))).isEqualTo("403 caller_required");
    }
    try (Scene scene = new Scene("ADMISSION_CALLERS", "")) {
      assertThat(outcome(scene.ask(node.registers("c")))).isEqualTo("no verdict not_configured");
    }
  }

  @Test
  void aRoleStandsForItsSessionsWhateverItsPath() throws Exception {
    String role = "arn:aws:iam::123456789012:role/service/mdma";
    String start = "arn:aws:sts::123456789012:assumed-role/";
    try (Scene scene = new Scene("ADMISSION_CALLERS", role)) {
      assertThat(outcome(scene.askAs(new Caller(Proof.AWS_IAM, start + "mdma/x"), registered())))
          .isEqualTo("attested");
      for (String name :
          List.of(
              role,
              start + "mdma",
              start + "mdma/x/y",
              start + "service/mdma/x",
              start + "other/mdma",
              "arn:aws:sts::210987654321:assumed-role/mdma/x",
              "arn:aws-cn:sts::123456789012:assumed-role/mdma/x")) {
        assertThat(outcome(scene.askAs(new Caller(Proof.AWS_IAM, name), registered())))
            .as(name)
            .isEqualTo("403 caller_required");
      }
    }
  }

  private ObjectNode registered() {
    return node.registers("c");
  }

  @Test
  void withoutATrustedReleaseNothingIsDecided() throws Exception {
    try (Scene scene = new Scene("ADMISSION_RELEASES", "")) {
      assertThat(outcome(scene.ask(registered()))).isEqualTo("no verdict not_configured");
      assertThat(json(scene.ask(registered())).get("admitted").isNull()).isTrue();
    }
  }

  @Test
  void anOpenFunctionSaysSoAndTakesNobodyForProven() throws Exception {
    try (Scene scene = new Scene()) {
      JsonNode json =
          json(scene.askOpen(new Caller(Proof.LOCAL_OPEN, "local"), node.registers("c")));
      assertThat(json.get("admitted").booleanValue()).isTrue();
      assertThat(text(json, "/caller_proof")).isEqualTo("local_open");
      assertThat(text(json, "/warning")).contains("open");
      assertThat(outcome(scene.askOpen(Scene.MDMA, node.registers("c"))))
          .isEqualTo("403 caller_required");
    }
  }

  @Test
  void everyVerdictIsLoggedWithoutWhatProvesIt() throws Exception {
    try (Scene scene = new Scene()) {
      scene.ask(node.registers("c-secret"));
      Optional<LogEvent> event =
          scene.events.stream().filter(it -> it.name().equals("admission")).findFirst();
      assertThat(event.orElseThrow().fields())
          .containsEntry("admitted", true)
          .containsEntry("assurance", "attested")
          .containsEntry("cohort", TAG + ", locked-read-only");
      assertThat(scene.events.toString()).doesNotContain("c-secret");
    }
  }
}
