package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import network.calimero.tee.node.StubKms;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AttestCommandTest {
  private static final String NONCE = "11".repeat(32);

  @TempDir Path directory;

  private @Nullable StubKms running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  /** A KMS and the files to check it with. */
  private record Scene(StubKms kms, Simulated simulated, SimulatedTdxMachine machine) {
    Cli.Result attest(Object... more) {
      List<Object> args =
          new ArrayList<>(
              List.of(
                  "kms",
                  "attest",
                  kms.url(),
                  "--collateral",
                  simulated.collateral(),
                  "--root",
                  simulated.root()));
      args.addAll(List.of(more));
      return Cli.run(args.toArray());
    }

    String mrtd() {
      return HexFormat.of().formatHex(machine.mrTd());
    }

    String rtmr(int register) {
      return HexFormat.of().formatHex(machine.rtmr(register));
    }
  }

  private Scene scene() throws IOException {
    return scene(SimulatedPlatform.builder(Cli.NOW), TdImage.named("kms"));
  }

  private Scene scene(PlatformBuilder builder, TdImage image) throws IOException {
    Simulated simulated = Simulated.of(builder, directory);
    SimulatedTdxMachine machine = simulated.platform().launch(image);
    StubKms kms = StubKms.start(machine, Cli.NOW.plusSeconds(60));
    running = kms;
    return new Scene(kms, simulated, machine);
  }

  private static String outcome(JsonNode json, String check) {
    for (JsonNode entry : json.path("checks")) {
      if (entry.path("check").stringValue().contains(check)) {
        return entry.path("outcome").stringValue();
      }
    }
    throw new AssertionError("no check " + check + " in " + json.path("checks"));
  }

  @Test
  void acceptsTheExpectedKms() throws IOException {
    Scene scene = scene();
    Cli.Result result =
        scene.attest(
            "--expect-mrtd", scene.mrtd(),
            "--expect-rtmr0", scene.rtmr(0),
            "--expect-rtmr1", scene.rtmr(1),
            "--expect-rtmr2", "00".repeat(48) + "," + scene.rtmr(2).toUpperCase(Locale.ROOT),
            "--expect-rtmr3", scene.rtmr(3));
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.firstLine())
        .isEqualTo(
            "ACCEPTED (under a root that is NOT Intel's): the KMS is genuine, fresh and as expected");
    assertThat(result.out())
        .contains("can be relayed", "whose keys it gives was not judged (--expect-fingerprint)")
        .doesNotContain("Note: not judged");
  }

  @Test
  void saysLoudlyThatGenuineIsNotTheRightOne() throws IOException {
    Scene scene = scene();
    Cli.Result result = scene.attest();
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.firstLine()).startsWith("GENUINE").contains("no measurement was compared");
    assertThat(result.out()).contains("genuine is not the right one").doesNotContain("ACCEPTED");
    JsonNode json = scene.attest("--json").json();
    assertThat(outcome(json, "MRTD")).isEqualTo("not_judged");
    assertThat(json.path("warnings").toString()).contains("genuine is not the right one");
  }

  @Test
  void saysWhatAComposeHashAloneIsWorth() throws IOException {
    DstackApp app = DstackApp.named("kms");
    Simulated simulated = Simulated.upToDate(directory);
    SimulatedTdxMachine machine = app.launch(simulated.platform(), TdImage.named("kms"));
    StubKms kms = StubKms.start(machine, Cli.NOW.plusSeconds(60));
    running = kms;
    Scene scene = new Scene(kms, simulated, machine);
    Cli.Result result = scene.attest("--expect-compose-hash", app.composeHash());
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.firstLine()).startsWith("GENUINE");
    assertThat(result.out()).contains("the word of whatever system measured it");
    assertThat(scene.attest().out()).doesNotContain("the word of whatever system");
  }

  @Test
  void warnsOfNothingWithoutAYes() throws IOException {
    Scene scene = scene();
    Cli.Result wrong = scene.attest("--expect-rtmr2", "00".repeat(48));
    assertThat(wrong.firstLine()).startsWith("NOT ALLOWED");
    assertThat(wrong.out()).doesNotContain("can be relayed", "not judged:");
    scene.kms().answer("/attest", 404, "");
    assertThat(scene.attest().out()).doesNotContain("can be relayed", "genuine is not the right");
    assertThat(scene.attest("--json").json().path("warnings").toString())
        .doesNotContain("relayed", "genuine");
  }

  @Test
  void itsHelpSaysWhatAnExitCodeOfZeroMeans() {
    assertThat(Cli.run("kms", "attest", "--help").out().replaceAll("\\s+", " "))
        .contains("without one only genuineness was checked", "nothing is compared");
  }

  @Test
  void namesTheRootThatTheKmssQuoteEndsIn() throws IOException {
    Scene scene = scene();
    Cli.Result result =
        Cli.run(
            "kms",
            "attest",
            scene.kms().url(),
            "--collateral",
            scene.simulated().collateral(),
            "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/advice").stringValue())
        .contains(scene.simulated().rootSha256(), "--root FILE");
  }

  @Test
  void namesTheRegistersThatNothingIsExpectedOf() throws IOException {
    Scene scene = scene();
    Cli.Result result = scene.attest("--expect-mrtd", scene.mrtd());
    assertThat(result.out()).contains("not judged: RTMR0, RTMR1, RTMR2, RTMR3");
  }

  @Test
  void tellsTheWrongKmsFromAForgedOne() throws IOException {
    Cli.Result result = scene().attest("--expect-rtmr2", "00".repeat(48), "--json");
    assertThat(result.exit()).isEqualTo(Exits.NOT_ALLOWED);
    JsonNode json = result.json();
    assertThat(json.path("verified").booleanValue(false)).isTrue();
    assertThat(json.path("accepted").booleanValue(true)).isFalse();
    assertThat(outcome(json, "RTMR2")).isEqualTo("failed");
    assertThat(outcome(json, "RTMR3")).isEqualTo("not_judged");
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("kms_not_allowed");
    assertThat(json.at("/failure/message").stringValue()).contains("RTMR2");
  }

  @Test
  void judgesTheStatusOfTheKmss() throws IOException {
    Scene scene =
        scene(
            SimulatedPlatform.builder(Cli.NOW).platformStatus("SWHardeningNeeded"),
            TdImage.named("kms"));
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(result.json().path("statusAllowed").booleanValue(true)).isFalse();
    assertThat(result.json().path("failure").path("advice").stringValue())
        .contains("--allow-status");
    assertThat(scene.attest("--allow-status", "SWHardeningNeeded").exit()).isEqualTo(Exits.OK);
  }

  @Test
  void rejectsADebugTd() throws IOException {
    Cli.Result result =
        scene(SimulatedPlatform.builder(Cli.NOW), TdImage.named("kms").debug()).attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("td_debug");
  }

  @Test
  void rejectsEvidenceThatIsNotOverTheNonce() throws IOException {
    Scene scene = scene();
    scene.kms().evidenceOver(asked -> new byte[64]);
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    JsonNode json = result.json();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("report_data_mismatch");
    assertThat(json.at("/failure/found").stringValue()).isEqualTo("00".repeat(64));
    assertThat(outcome(json, "nonce in the quote")).isEqualTo("failed");
    assertThat(outcome(json, "quote proven")).isEqualTo("not_reached");
  }

  @Test
  void rejectsAPlayedBackAnswer() throws IOException {
    Scene scene = scene();
    scene
        .kms()
        .answer(
            "/attest",
            200,
            "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"" + "00".repeat(64) + "\"}");
    assertThat(scene.attest("--json").json().at("/failure/code").stringValue())
        .isEqualTo("quote_malformed");
  }

  @Test
  void rejectsAnSgxQuote() throws IOException {
    Scene scene = scene();
    byte[] quote = scene.simulated().platform().loadEnclave("kms").quote(new byte[64]);
    scene
        .kms()
        .answer(
            "/attest",
            200,
            "{\"quoteB64\":\"%s\",\"reportDataHex\":\"00\"}"
                .formatted(Base64.getEncoder().encodeToString(quote)));
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("not_a_trust_domain");
  }

  @Test
  void sendsTheNonceThatIsGivenAndAFreshOneOtherwise() throws IOException {
    Scene scene = scene();
    assertThat(scene.attest("--nonce", NONCE, "--json").json().path("nonce").stringValue())
        .isEqualTo(NONCE);
    String one = scene.attest("--json").json().path("nonce").stringValue();
    String other = scene.attest("--json").json().path("nonce").stringValue();
    assertThat(one).isNotEqualTo(other);
    Cli.Result wrong = scene.attest("--nonce", "11");
    assertThat(wrong.exit()).isEqualTo(Exits.USAGE);
    assertThat(wrong.err()).contains("64 hex digits");
  }

  @Test
  void judgesTheKeysThatTheKmsHasByTheFingerprintOfItsTransportKey() throws IOException {
    Scene scene = scene();
    String known = HexFormat.of().formatHex(Hash.sha256(scene.kms().transportKey()));
    Cli.Result right = scene.attest("--expect-fingerprint", known, "--json");
    assertThat(right.exit()).isEqualTo(Exits.OK);
    assertThat(outcome(right.json(), "fingerprint")).isEqualTo("passed");
    Cli.Result wrong = scene.attest("--expect-fingerprint", "00".repeat(32), "--json");
    assertThat(wrong.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(outcome(wrong.json(), "fingerprint")).isEqualTo("failed");
    JsonNode shown = scene.attest("--transport-key", "--json").json();
    assertThat(outcome(shown, "fingerprint")).isEqualTo("not_judged");
    assertThat(shown.path("checks").toString()).contains(known);
  }

  @Test
  void bindsItsNonceToTheKnownText() throws IOException {
    assertThat(scene().attest("--json").json().path("binding").stringValue())
        .isEqualTo(
            HexFormat.of().formatHex(Hash.sha256("mero-kms-phala-attest-v1".getBytes(US_ASCII))));
  }

  @Test
  void knowsNothingWhereNobodyAnswers() throws IOException {
    Scene scene = scene();
    scene.kms().close();
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(result.json().path("verified").isNull()).isTrue();
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("kms_unreachable");
    assertThat(scene.attest().firstLine()).isEqualTo("NO VERDICT");
  }

  @Test
  void knowsNothingWithoutCollateral() throws IOException {
    Scene scene = scene();
    try (PcsServer empty = PcsServer.start()) {
      Cli.Result result =
          Cli.run(
              "kms",
              "attest",
              scene.kms().url(),
              "--pccs",
              empty.baseUri(),
              "--root",
              scene.simulated().root(),
              "--json");
      assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
      assertThat(outcome(result.json(), "quote proven")).isEqualTo("undecided");
    }
  }

  @Test
  void rejectsCollateralThatIsThereButInNoForm() throws IOException {
    Scene scene = scene();
    try (PcsServer odd = PcsServer.start()) {
      odd.serve(scene.simulated().platform().collateral());
      odd.fault("", PcsServer.NO_ISSUER_CHAIN);
      Cli.Result result =
          Cli.run(
              "kms",
              "attest",
              scene.kms().url(),
              "--pccs",
              odd.baseUri(),
              "--root",
              scene.simulated().root(),
              "--json");
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("collateral_malformed");
    }
  }

  @Test
  void tellsARefusalFromABusyKms() throws IOException {
    Scene scene = scene();
    scene.kms().answer("/attest", 503, "{\"error\":\"policy_not_ready\"}");
    assertThat(scene.attest().exit()).isEqualTo(Exits.NO_VERDICT);
    scene.kms().answer("/attest", 429, "{\"error\":\"rate_limited\"}");
    assertThat(scene.attest().out()).contains("What to do: wait 7 s and try again");
  }

  @Test
  void knowsNothingOfAKmsThatCannotAttestItself() throws IOException {
    Scene scene = scene();
    scene.kms().answer("/attest", 401, "{\"error\":\"attestation_verification_failed\"}");
    Cli.Result json = scene.attest("--json");
    assertThat(json.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(json.json().path("verified").isNull()).isTrue();
    assertThat(json.json().at("/failure/code").stringValue())
        .isEqualTo("attestation_verification_failed");
    Cli.Result text = scene.attest();
    assertThat(text.firstLine()).isEqualTo("NO VERDICT");
    assertThat(text.out()).contains("could not attest itself", "operator's log", "dstack agent");
    assertThat(text.out()).doesNotContain("REJECTED", "FAILED", "refused", "quote verify");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>Welcome to nginx</html>",
        "200 | {\"status\":\"ok\"}",
        "200 | []",
        "204 | ''",
        "302 | ''",
        "401 | {\"error\":\"unauthorized\"}",
        "403 | <html>Forbidden</html>",
        "404 | {\"error\":\"Not Found\"}",
        "404 | {\"error\":\"invalid_request\"}",
        "405 | {\"detail\":\"Method Not Allowed\"}",
        "502 | <html>Bad gateway</html>",
      })
  void knowsNothingWhereNoKmsAnswers(int status, String body) throws IOException {
    Scene scene = scene();
    scene.kms().answer("/attest", status, body);
    Cli.Result json = scene.attest("--json");
    assertThat(json.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(json.json().path("verified").isNull()).isTrue();
    assertThat(outcome(json.json(), "answer of a KMS")).isEqualTo("undecided");
    Cli.Result text = scene.attest();
    assertThat(text.firstLine()).isEqualTo("NO VERDICT");
    assertThat(text.out()).contains("answered").doesNotContain("KMS refused", "REJECTED", "FAILED");
    assertThat(text.out()).containsAnyOf("base URL of a KMS", "follows no redirects");
  }

  @Test
  void rejectsEvidenceThatNoNodeTakes() throws IOException {
    Scene scene = scene();
    scene.kms().answer("/attest", 200, "{\"quoteB64\":\"!\",\"reportDataHex\":\"00\"}");
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("answer_malformed");
  }

  @Test
  void rejectsMalformedCollateral() throws IOException {
    Scene scene = scene();
    Files.writeString(scene.simulated().collateral(), "[]");
    Cli.Result result = scene.attest("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("collateral_malformed");
  }

  @Test
  void refusesAUrlThatIsNotAKmss() {
    for (String url :
        List.of("kms.example.org", "127.0.0.1:80", "kms:80", "http://", "http://kms:65536")) {
      Cli.Result result = Cli.run("kms", "attest", url, "--pccs", "http://127.0.0.1:9");
      assertThat(result.exit()).isEqualTo(Exits.USAGE);
      assertThat(result.err())
          .contains("'" + url + "' is not a KMS's URL: ", "kms attest --help")
          .containsAnyOf("not an http or https URL of a host", "a port is at most 65535");
    }
  }

  @Test
  void refusesAnExpectedValueThatIsNone() throws IOException {
    Cli.Result result = scene().attest("--expect-mrtd", "abc");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("--expect-mrtd", "96 hex digits");
  }
}
