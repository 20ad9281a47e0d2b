package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import network.calimero.tee.simulator.dstack.AgentFault;
import network.calimero.tee.simulator.http.HttpFault;
import org.junit.jupiter.api.Test;

class ReadyTest {
  @Test
  void readyServerSaysWhatItsPolicyIs() throws IOException {
    try (Site site = Site.open()) {
      KmsHttp.Answer answer = site.http.get("/ready");

      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
      assertThat(answer.json().get("ready").booleanValue()).isTrue();
      assertThat(answer.json().get("reasons")).isEmpty();
      assertThat(answer.json().at("/policy/profile").stringValue()).isEqualTo("locked-read-only");
      assertThat(answer.json().at("/policy/digest").stringValue()).matches("[0-9a-f]{64}");
      assertThat(answer.json().at("/backend/kind").stringValue()).isEqualTo("dstack");
    }
  }

  @Test
  void withoutPolicyItIsNotReadyAndSaysWhatToSet() throws IOException {
    try (Site site = Site.withoutPolicy()) {
      KmsHttp.Answer answer = site.http.get("/ready");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().get("reasons")).hasSize(1);
      assertThat(answer.response().body()).contains("USE_ENV_POLICY=true");
    }
  }

  @Test
  void itSaysHowKeysLeave() throws IOException {
    try (Site site = Site.open(Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true"))) {
      assertThat(site.http.get("/ready").status()).isEqualTo(200);
      assertThat(site.http.get("/ready").json().get("release").toString())
          .isEqualTo("{\"ready\":true,\"sealed\":true,\"plain\":false}");
    }
  }

  @Test
  void missingDstackAgentIsSaidWithoutLocalPathsAndNoticedWhenItIsBack() throws IOException {
    try (Site site = Site.open()) {
      site.agent.fault("Info", new AgentFault.Disconnect());
      KmsHttp.Answer broken = site.http.get("/ready");
      assertThat(broken.status()).isEqualTo(503);
      assertThat(broken.response().body()).contains("dstack agent").doesNotContain(".sock");

      site.agent.clearFaults();
      site.clock.advance(Duration.ofSeconds(5));
      assertThat(site.http.get("/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void readinessIsAskedOfTheAgentAtMostEveryFiveSeconds() throws IOException {
    try (Site site = Site.open()) {
      for (int i = 0; i < 20; i++) {
        site.http.get("/ready");
      }
      assertThat(site.agent.count("Info")).isEqualTo(1);
    }
  }

  @Test
  void collateralThatEveryNodeNeedsAndCannotBeHadIsNamed() throws IOException {
    try (Site site = Site.open()) {
      site.pcs.fault("/tdx/certification/v4/qe/identity", new HttpFault.Status(404));
      KmsHttp.Answer refused = site.node().getKey();
      assertThat(refused.outcome()).isEqualTo("attestation_verification_failed");
      assertThat(refused.details()).contains("no verdict");

      KmsHttp.Answer answer = site.http.get("/ready");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.response().body()).contains("collateral: the TDX QE identity");
    }
  }

  @Test
  void collateralThatOnlySomePlatformsNeedDecidesNothing() throws IOException {
    try (Site site = Site.open()) {
      site.pcs.fault("/tcb?", new HttpFault.Status(404));
      assertThat(site.node().getKey().outcome()).isEqualTo("attestation_verification_failed");

      KmsHttp.Answer answer = site.http.get("/ready");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.response().body()).contains("TDX TCB info of FMSPC");
    }
  }
}
