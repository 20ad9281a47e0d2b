package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pcs.PcsServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real quotes at the real door: Intel's root, and collateral as Intel signed it, over HTTP. */
class RealQuoteTest {
  private static final Path CORPUS = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));

  private static JsonNode accepted(String folder) throws IOException {
    Path file = CORPUS.resolve("EXPECTED.json");
    boolean there = Files.isRegularFile(file);
    if (!there) {
      System.out.println("SKIPPED: no corpus at " + CORPUS + ": real quotes were not tried");
    }
    assumeTrue(there, "no corpus at " + CORPUS);
    for (JsonNode verdict :
        JsonMapper.shared().readTree(Files.readAllBytes(file)).get("verdicts")) {
      if (verdict.get("must").stringValue().equals("accept")
          && verdict.get("quote").stringValue().startsWith("quotes/" + folder)) {
        return verdict;
      }
    }
    throw new AssertionError("no accepted quote in " + folder);
  }

  /** Posts that quote at its time, to a server whose PCS has its collateral, or has nothing. */
  private static KmsHttp.Answer post(JsonNode verdict, boolean withCollateral) throws Exception {
    TestClock clock = new TestClock(Instant.ofEpochSecond(verdict.get("now").longValue()));
    try (PcsServer pcs = PcsServer.start()) {
      if (withCollateral) {
        Path bundle = CORPUS.resolve(verdict.get("bundle").stringValue());
        pcs.serve(SimulatedCollateral.parse(Files.readString(bundle)));
      }
      Map<String, String> variables = new HashMap<>(Site.policyVariables());
      variables.put("LISTEN_ADDR", "127.0.0.1:0");
      variables.put("PCS_URLS", pcs.baseUri().toString());
      variables.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
      KmsConfig config = KmsConfig.read(variables, Image.SILENT);
      try (DstackPlatform platform =
              DstackPlatform.open(config, TrustAnchor.intel(), clock, new SecureRandom());
          KmsServer kms =
              KmsServer.start(config, platform.ports(), HttpLimits.DEFAULT, new RecordedLog());
          KmsHttp http = new KmsHttp(kms.address())) {
        Node node = new Node(http, SimulatedPlatform.at(clock.instant()).launch(Site.NODE_IMAGE));
        byte[] quote = Files.readAllBytes(CORPUS.resolve(verdict.get("quote").stringValue()));
        return http.post("/get-key", node.request(node.challenge(), quote));
      }
    }
  }

  @Test
  void genuineTdxQuoteOfAnotherConversationIsAnInvalidChallenge() throws Exception {
    for (String folder : new String[] {"tdx-v4", "tdx-v5"}) {
      KmsHttp.Answer answer = post(accepted(folder), true);

      assertThat(answer.outcome()).as(answer.details()).isEqualTo("invalid_challenge");
      assertThat(answer.details()).contains("report_data");
    }
  }

  @Test
  void genuineTdxQuoteWithoutCollateralGetsNoVerdict() throws Exception {
    KmsHttp.Answer answer = post(accepted("tdx-v4"), false);

    assertThat(answer.outcome()).isEqualTo("attestation_verification_failed");
    assertThat(answer.details()).contains("no verdict");
  }

  @Test
  void genuineSgxQuoteNeverCounts() throws Exception {
    KmsHttp.Answer answer = post(accepted("sgx-v3"), true);

    assertThat(answer.outcome()).isEqualTo("attestation_verification_failed");
    assertThat(answer.details()).contains("SGX");
  }
}
