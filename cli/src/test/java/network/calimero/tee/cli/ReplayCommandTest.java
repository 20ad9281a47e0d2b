package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.tdx.MeasuredEvent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReplayCommandTest {
  private static final DstackApp APP = DstackApp.named("kms");

  @TempDir Path directory;

  @Test
  void showsEachStepAndSaysThatNothingIsProvenWithoutAQuote() throws IOException {
    SimulatedTdxMachine machine = launch(Simulated.upToDate(directory));
    Cli.Result result = replay(file("log.json", EventLogDocument.of(machine).toString()));
    assertThat(result.exit()).isZero();
    assertThat(result.firstLine()).startsWith("NOTHING IS PROVEN").contains("no quote");
    assertThat(result.out())
        .contains("dstack log, 13 events", "compose-hash", APP.composeHash())
        .contains(MeasuredEvent.runtime("system-ready", new byte[0]).digest())
        .contains(HexFormat.of().formatHex(machine.rtmr(3)))
        .doesNotContain("Proven facts");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void provesFactsByTheQuoteBesideTheLog() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Path answer = file("attest.json", answer(launch(simulated)).toString());
    Cli.Result text = replay(answer, verified(simulated));
    assertThat(text.exit()).isZero();
    assertThat(text.firstLine())
        .startsWith("PROVEN for RTMR0, RTMR1, RTMR2, RTMR3 by a verified quote")
        .contains("NOT Intel's", "UpToDate is allowed");
    assertThat(text.out()).contains("Proven facts", "compose hash").contains(APP.composeHash());
    JsonNode json = replay(answer, verified(simulated, "--json")).json();
    assertThat(json.path("proven").booleanValue(false)).isTrue();
    assertThat(json.path("quoteVerified").booleanValue(false)).isTrue();
    assertThat(json.path("provenRegisters")).hasSize(4);
    assertThat(json.at("/facts/composeHash").stringValue()).isEqualTo(APP.composeHash());
    assertThat(json.at("/facts/appId").stringValue()).isEqualTo(APP.appId());
    assertThat(json.at("/facts/instanceId").stringValue()).isEqualTo(APP.instanceId());
    assertThat(json.at("/facts/keyProvider/name").stringValue()).isEqualTo("kms");
    assertThat(json.path("steps")).hasSize(13);
    assertThat(json.at("/steps/12/name").stringValue()).isEqualTo("system-ready");
    assertThat(json.at("/steps/12/digestComputed").booleanValue(false)).isTrue();
    assertThat(json.at("/steps/0/digestComputed").booleanValue(true)).isFalse();
    assertThat(json.path("failure").isNull()).isTrue();
  }

  @Test
  void comparesWithAQuoteThatItWasNotToldToVerifyAndSaysSo() throws IOException {
    SimulatedTdxMachine machine = launch(Simulated.upToDate(directory));
    Path log = file("log.json", EventLogDocument.of(machine).toString());
    Path quote = Files.write(directory.resolve("q.bin"), machine.quote(new byte[64]));
    Cli.Result text = replay(log, "--quote", quote);
    assertThat(text.exit()).isZero();
    assertThat(text.firstLine()).startsWith("NOTHING IS PROVEN").contains("not verified");
    assertThat(text.out()).contains("equal to the quote's").doesNotContain("Proven facts");
    JsonNode json = replay(log, "--quote", quote, "--json").json();
    assertThat(json.path("proven").booleanValue(true)).isFalse();
    assertThat(json.path("quoteGiven").booleanValue(false)).isTrue();
    assertThat(json.path("quoteVerified").booleanValue(true)).isFalse();
    assertThat(json.path("facts").isNull()).isTrue();
    assertThat(json.at("/registers/3/outcome").stringValue()).isEqualTo("equal");
  }

  @Test
  void refusesALogThatLeadsElsewhereVerifiedOrNot() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    SimulatedTdxMachine machine = launch(simulated);
    ObjectNode answer = answer(machine);
    machine.measure(MeasuredEvent.runtime("later", new byte[0]));
    answer.set("eventLog", EventLogDocument.of(machine));
    Path file = file("attest.json", answer.toString());
    Cli.Result unverified = replay(file);
    assertThat(unverified.exit()).isEqualTo(Exits.REJECTED);
    assertThat(unverified.firstLine()).startsWith("REJECTED").contains("RTMR3");
    assertThat(unverified.out())
        .contains("read, not verified", "DIFFERENT", "which this log has after event 12");
    Cli.Result verified = replay(file, verified(simulated, "--json"));
    assertThat(verified.exit()).isEqualTo(Exits.REJECTED);
    assertThat(verified.json().at("/failure/code").stringValue()).isEqualTo("register_differs");
    assertThat(verified.json().at("/failure/advice").stringValue()).contains("newer");
    assertThat(verified.json().path("proven").booleanValue(true)).isFalse();
    assertThat(verified.json().path("facts").isNull()).isTrue();
    assertThat(verified.json().at("/registers/3/equalAfter").intValue()).isEqualTo(12);
  }

  @Test
  void refusesTheLogOfAGuestThatMeasuredItsComposeHashTwice() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    SimulatedTdxMachine machine = simulated.platform().launch(TdImage.named("node"));
    machine.measure(MeasuredEvent.runtime("compose-hash", new byte[32]));
    machine.measure(MeasuredEvent.runtime("compose-hash", new byte[32]));
    Path file = file("attest.json", answer(machine).toString());
    JsonNode json = replay(file, verified(simulated, "--json")).json();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("fact_repeated");
  }

  @Test
  void tellsProvenFromAllowed() throws IOException {
    Simulated old =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).platformStatus("OutOfDate"), directory);
    Path answer = file("attest.json", answer(launch(old)).toString());
    Cli.Result result = replay(answer, verified(old));
    assertThat(result.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(result.firstLine()).contains("OutOfDate is NOT ALLOWED");
    assertThat(replay(answer, verified(old, "--allow-status", "OutOfDate")).exit()).isZero();
  }

  @Test
  void rejectsAQuoteThatIsNotGenuine() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Path answer = file("attest.json", answer(launch(simulated)).toString());
    Cli.Result result = replay(answer, "--collateral", simulated.collateral(), "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
    assertThat(result.json().path("failure").path("advice").stringValue()).contains("--root FILE");
  }

  @Test
  void refusesMalformedLogsAndQuotes() throws IOException {
    Cli.Result log = replay(file("log.json", "[{\"imr\":9}]"), "--json");
    assertThat(log.exit()).isEqualTo(Exits.REJECTED);
    assertThat(log.json().at("/failure/code").stringValue()).isEqualTo("event_log_malformed");
    Path badQuote = file("attest.json", "{\"quoteB64\":\"AAAA\",\"eventLog\":[]}");
    assertThat(replay(badQuote).exit()).isEqualTo(Exits.REJECTED);
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    Path log = file("log.json", "[]");
    Path collateral = Simulated.upToDate(directory).collateral();
    assertUsage(replay(log, "--collateral", collateral), "no quote beside the log");
    assertUsage(replay(log, "--root", collateral), "--collateral FILE, or --pccs URL");
    assertUsage(replay(log, "--at", "0"), "--collateral FILE, or --pccs URL");
    assertUsage(replay("-", "--quote", "-"), "standard input");
    assertUsage(replay(directory.resolve("missing")), "there is no such file");
  }

  @Test
  void keepsTextOfTheLogFromSteeringTheTerminal() throws IOException {
    SimulatedTdxMachine machine = launch(Simulated.upToDate(directory));
    machine.measure(MeasuredEvent.runtime("\u001b[2J\nPROVEN", "\u001b[2J".getBytes(UTF_8)));
    Cli.Result result = replay(file("log.json", EventLogDocument.of(machine).toString()));
    assertThat(result.exit()).isZero();
    assertThat(result.out()).doesNotContain("\u001b").contains("?[2J?PROVEN");
  }

  @Test
  void replaysARealTableAndARealAnswer() {
    Path table = Corpus.path("eventlogs/ccel/CCEL_data_grub_gke-ece8c9c1.bin");
    JsonNode ccel = replay(table, "--json").json();
    assertThat(ccel.path("kind").stringValue()).isEqualTo("CCEL");
    assertThat(ccel.path("steps")).hasSize(35);
    assertThat(ccel.at("/registers/2/replayed").stringValue()).startsWith("334aeba2c985f888");
    Cli.Result answer = replay(Corpus.path("dstack/quote-report.json"));
    assertThat(answer.exit()).isZero();
    assertThat(answer.firstLine()).startsWith("NOTHING IS PROVEN: the log agrees");
  }

  @Test
  void provesARealLogUnderIntelsRoot() {
    Cli.Result result =
        replay(
            Corpus.path("eventlogs/dstack/mpc-383fc159.json"),
            "--quote",
            Corpus.path("quotes/tdx-v4/b0c06f000000-b9e238b2bd.bin"),
            "--collateral",
            Corpus.path("collateral/bundles/tdx-b0c06f000000-e20-b003.json"),
            "--at",
            "1786618538");
    assertThat(result.firstLine()).startsWith("PROVEN for RTMR0, RTMR1, RTMR2, RTMR3");
    assertThat(result.out())
        .contains("2911e1f733466216dedb862d6d669e11256ee7a34ce4dbc66c4b807ba7a9c895", "local-sgx");
  }

  private static void assertUsage(Cli.Result result, String reason) {
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains(reason);
  }

  private static SimulatedTdxMachine launch(Simulated simulated) {
    return APP.launch(simulated.platform(), TdImage.named("node"));
  }

  /** As a KMS answers to /attest. */
  private static ObjectNode answer(SimulatedTdxMachine machine) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("quoteB64", Base64.getEncoder().encodeToString(machine.quote(new byte[64])));
    answer.set("eventLog", EventLogDocument.of(machine));
    return answer;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static Object[] verified(Simulated simulated, Object... more) {
    List<Object> options =
        new ArrayList<>(
            List.of("--collateral", simulated.collateral(), "--root", simulated.root()));
    options.addAll(List.of(more));
    return options.toArray();
  }

  private static Cli.Result replay(Object log, Object... options) {
    List<Object> args = new ArrayList<>(List.of("eventlog", "replay", log));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }
}
