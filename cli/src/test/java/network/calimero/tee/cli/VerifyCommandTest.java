package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.Revoked;
import network.calimero.tee.simulator.SimulatedPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerifyCommandTest {
  @TempDir Path directory;

  @Test
  void saysYesFirstThenTheTenSteps() throws IOException {
    Cli.Result result = Simulated.upToDate(directory).verify();
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.firstLine())
        .isEqualTo(
            "AUTHENTIC TDX quote under a root that is NOT Intel's; TCB status UpToDate is allowed");
    assertThat(result.out().lines().filter(line -> line.endsWith(" passed"))).hasSize(10);
    assertThat(result.out())
        .contains("Collateral", "evaluation number", "this verdict ends", "RTMR3");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void namesARootThatIsNotIntels() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    assertThat(simulated.verify().out()).contains("NOT Intel's root", "SHA-256");
    JsonNode root = simulated.verify("--json").json().path("root");
    assertThat(root.path("intel").booleanValue(true)).isFalse();
    assertThat(root.path("sha256").stringValue()).matches("[0-9a-f]{64}");
  }

  @Test
  void refusesASimulatedQuoteUnderIntelsRoot() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result =
        Cli.run(
            "quote", "verify", simulated.quote(), "--collateral", simulated.collateral(), "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/root/intel").booleanValue(false)).isTrue();
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
  }

  @Test
  void givesEverythingAsJson() throws IOException {
    JsonNode json = Simulated.upToDate(directory).verify("--json").json();
    assertThat(json.path("verified").booleanValue(false)).isTrue();
    assertThat(json.path("statusAllowed").booleanValue(false)).isTrue();
    assertThat(json.path("tcbStatus").stringValue()).isEqualTo("UpToDate");
    assertThat(json.path("advisoryIds").isArray()).isTrue();
    assertThat(json.path("failure").isNull()).isTrue();
    assertThat(json.path("verifiedAt").stringValue()).isEqualTo(Cli.NOW.toString());
    assertThat(json.path("steps")).hasSize(10);
    assertThat(json.at("/quote/version").intValue()).isEqualTo(4);
    for (String register : List.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3")) {
      assertThat(json.path("quote").path(register).stringValue()).matches("[0-9a-f]{96}");
    }
    assertThat(json.at("/quote/reportData").stringValue()).matches("[0-9a-f]{128}");
    assertThat(json.at("/collateral/earliestExpiry").isString()).isTrue();
    assertThat(json.at("/platform/fmspc").isString()).isTrue();
  }

  @Test
  void tellsAuthenticFromAllowed() throws IOException {
    Simulated old =
        Simulated.of(
            SimulatedPlatform.builder(Cli.NOW).platformStatus("OutOfDate", "INTEL-SA-00837"),
            directory);
    Cli.Result text = old.verify();
    assertThat(text.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(text.firstLine()).startsWith("AUTHENTIC").contains("OutOfDate is NOT ALLOWED");
    assertThat(text.out()).contains("What is short", "→ update", "INTEL-SA-00837");
    JsonNode json = old.verify("--json").json();
    assertThat(json.path("verified").booleanValue(false)).isTrue();
    assertThat(json.path("statusAllowed").booleanValue(true)).isFalse();
    assertThat(json.path("failure").isNull()).isTrue();
    assertThat(json.at("/tcb/shortfalls/0/remedy").isString()).isTrue();
  }

  @Test
  void allowsTheStatusesThatAreListedAndNoOther() throws IOException {
    Simulated old =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).platformStatus("OutOfDate"), directory);
    assertThat(old.verify("--allow-status", "uptodate,OutOfDate").exit()).isEqualTo(Exits.OK);
    assertThat(old.verify("--allow-status", "SWHardeningNeeded").exit())
        .isEqualTo(Exits.NOT_ALLOWED);
  }

  @Test
  void rejectsRevokedWhateverIsAllowed() throws IOException {
    Simulated revoked =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).platformStatus("Revoked"), directory);
    Cli.Result result = revoked.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().path("tcbStatus").stringValue()).isEqualTo("Revoked");
    assertThat(result.json().at("/failure/step").intValue()).isEqualTo(9);
    Cli.Result asked = revoked.verify("--allow-status", "Revoked");
    assertThat(asked.exit()).isEqualTo(Exits.USAGE);
    assertThat(asked.err()).contains("cannot be allowed");
  }

  @Test
  void namesTheFailedStepAndThoseNotReached() throws IOException {
    Simulated simulated =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).revoke(Revoked.PCK), directory);
    Cli.Result text = simulated.verify();
    assertThat(text.exit()).isEqualTo(Exits.REJECTED);
    assertThat(text.firstLine()).startsWith("REJECTED at step 4 (PCK chain):");
    assertThat(text.out()).contains("What to do: ");
    JsonNode json = simulated.verify("--json").json();
    assertThat(json.path("verified").booleanValue(true)).isFalse();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("pck_revoked");
    assertThat(json.at("/failure/step").intValue()).isEqualTo(4);
    assertThat(json.at("/failure/message").stringValue()).isNotEmpty();
    assertThat(json.at("/failure/advice").stringValue()).isNotEmpty();
    List<String> outcomes = new ArrayList<>();
    json.path("steps").forEach(step -> outcomes.add(step.path("outcome").stringValue()));
    assertThat(outcomes)
        .containsExactly(
            "passed",
            "passed",
            "passed",
            "failed",
            "not_reached",
            "not_reached",
            "not_reached",
            "not_reached",
            "not_reached",
            "not_reached");
  }

  @Test
  void rejectsExpiredCollateral() throws IOException {
    Simulated simulated =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).tcbInfoExpired(), directory);
    Cli.Result result = simulated.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("tcb_info_expired");
  }

  @Test
  void judgesAsOfAGivenTime() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    String later = Cli.NOW.plusSeconds(400L * 24 * 3600).toString();
    assertThat(simulated.verify("--at", later).exit()).isEqualTo(Exits.REJECTED);
    assertThat(simulated.verify("--at", Cli.NOW.getEpochSecond()).exit()).isEqualTo(Exits.OK);
    assertThat(
            simulated
                .verify("--at", "2026-03-01T13:00:00+01:00", "--json")
                .json()
                .path("verifiedAt")
                .stringValue())
        .isEqualTo(Cli.NOW.toString());
    Cli.Result wrong = simulated.verify("--at", "yesterday");
    assertThat(wrong.exit()).isEqualTo(Exits.USAGE);
    assertThat(wrong.err()).contains("'yesterday' is not a time", "ISO 8601");
  }

  @Test
  void takesADateForItsMidnightInUtc() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result = simulated.verify("--at", "2026-03-01", "--json");
    assertThat(result.json().path("verifiedAt").stringValue()).isEqualTo("2026-03-01T00:00:00Z");
    Cli.Result noDay = simulated.verify("--at", "2026-02-30");
    assertThat(noDay.exit()).isEqualTo(Exits.USAGE);
    assertThat(noDay.err()).contains("unix seconds", "ISO 8601", "or a date (2025-11-24");
  }

  @Test
  void showsTimesToPeopleWithoutFractions() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    assertThat(simulated.verify("--at", "2026-03-01T12:00:00.123456789Z").out())
        .containsPattern("as of +2026-03-01T12:00:00Z\n");
  }

  @Test
  void namesTheRootThatAQuoteEndsInAndHowToBelieveIt() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result underIntels =
        Cli.run("quote", "verify", simulated.quote(), "--collateral", simulated.collateral());
    assertThat(underIntels.exit()).isEqualTo(Exits.REJECTED);
    assertThat(underIntels.out())
        .contains(
            "root of SHA-256 " + simulated.rootSha256(), "which is not Intel's", "--root FILE");
    Simulated other = Simulated.upToDate(Files.createDirectory(directory.resolve("other")));
    Files.copy(other.root(), simulated.root(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(simulated.verify().out())
        .contains("root of SHA-256 " + simulated.rootSha256(), "not the one of --root");
  }

  @Test
  void rejectsMalformedCollateral() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Files.writeString(simulated.collateral(), "{}");
    Cli.Result result = simulated.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("collateral_malformed");
    assertThat(result.json().at("/quote/mrtd").isString()).isTrue();
  }

  @Test
  void rejectsCollateralOverItsLimit() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Files.write(simulated.collateral(), new byte[(4 << 20) + 1]);
    Cli.Result result = simulated.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("collateral_malformed");
  }

  @Test
  void rejectsAMalformedQuote() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Files.write(simulated.quote(), new byte[100]);
    Cli.Result result = simulated.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("quote_malformed");
    assertThat(result.json().path("quote").isNull()).isTrue();
    assertThat(result.json().at("/steps/0/outcome").stringValue()).isEqualTo("not_reached");
  }

  @Test
  void readsAQuoteFromStandardInput() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result =
        Cli.runWithInput(
            simulated.rawQuote(),
            "quote",
            "verify",
            "-",
            "--collateral",
            simulated.collateral(),
            "--root",
            simulated.root());
    assertThat(result.exit()).isEqualTo(Exits.OK);
  }

  @Test
  void aMissingCollateralFileIsNoVerdictOnTheQuote() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Files.delete(simulated.collateral());
    Cli.Result result = simulated.verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.json().path("verified").isNull()).isTrue();
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("input_unusable");
    assertThat(result.err()).contains(simulated.collateral().toString());
  }

  @Test
  void asksForSomethingToVerifyAgainst() throws IOException {
    Cli.Result result = Cli.run("quote", "verify", Simulated.upToDate(directory).quote());
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("--collateral FILE, or --pccs URL", "--help");
  }

  @Test
  void takesOneSourceOnly() throws IOException {
    Cli.Result result = Simulated.upToDate(directory).verify("--pccs", "http://127.0.0.1:9");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("not both");
  }

  @Test
  void refusesARootThatIsNone() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Files.writeString(simulated.root(), simulated.platform().pck().pem());
    Cli.Result result = simulated.verify();
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("is not a root certificate", "self-signed");
  }

  @Test
  void refusesRecoverySetsOlderThanTheNumberGiven() throws IOException {
    Simulated simulated =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).evaluationDataNumber(17), directory);
    assertThat(simulated.verify("--min-tcb-evaluation", 17).exit()).isEqualTo(Exits.OK);
    Cli.Result result = simulated.verify("--min-tcb-evaluation", 18, "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("tcb_info_too_old");
    assertThat(simulated.verify("--min-qe-evaluation", 18).exit()).isEqualTo(Exits.REJECTED);
  }

  @Test
  void verifiesARealQuoteUnderIntelsRoot() {
    Path quote = Corpus.path("quotes/sgx-v3/00606a000000-b69ac41b2c.bin");
    Path bundle = Corpus.path("collateral/bundles/sgx-00606a000000-e17-b051.json");
    Cli.Result result =
        Cli.run("quote", "verify", quote, "--collateral", bundle, "--at", 1755237086, "--json");
    assertThat(result.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(result.json().path("tcbStatus").stringValue()).isEqualTo("OutOfDate");
    assertThat(result.json().at("/root/intel").booleanValue(false)).isTrue();
  }

  @Test
  void strangersCannotForgeLinesOfTheOutput() throws IOException {
    String json = "{\"\u001b[2J\nAUTHENTIC\": 1, \"quote\": \"\u001b[2J\nAUTHENTIC\"}";
    Cli.Result result =
        Cli.runWithInput(
            json.getBytes(UTF_8),
            "quote",
            "verify",
            "-",
            "--collateral",
            Simulated.upToDate(directory).collateral());
    assertThat(result.firstLine()).startsWith("REJECTED");
    assertThat(result.out() + result.err()).doesNotContain("\u001b").doesNotContain("\nAUTHENTIC");
  }
}
