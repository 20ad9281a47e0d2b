package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CandidatesCommandTest {
  @TempDir Path directory;

  /** What a machine answers for a nonce of 32 times that byte. */
  private Path answer(String name, SimulatedTdxMachine machine, int nonce) throws IOException {
    byte[] reportData = new byte[64];
    Arrays.fill(reportData, 0, 32, (byte) nonce);
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("quoteB64", Base64.getEncoder().encodeToString(machine.quote(reportData)));
    answer.put("reportDataHex", HexFormat.of().formatHex(reportData));
    answer.set("eventLog", EventLogDocument.of(machine));
    return Files.writeString(directory.resolve(name), answer.toString());
  }

  private static SimulatedTdxMachine machine(Simulated simulated, String name) {
    return simulated.platform().launch(TdImage.named(name));
  }

  private static Cli.Result candidates(Simulated simulated, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "policy",
                "candidates",
                "--release",
                "2.3.73",
                "--collateral",
                simulated.collateral(),
                "--root",
                simulated.root()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray());
  }

  @Test
  void proposesOneValuePerRegisterFromTheQuotes() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    SimulatedTdxMachine kms = machine(simulated, "kms");
    SimulatedTdxMachine node = machine(simulated, "node");

    Cli.Result result =
        candidates(
            simulated,
            "--kms",
            answer("kms.json", kms, 7),
            "--node",
            answer("node.json", node, 7),
            "--nonce",
            "07".repeat(32),
            "--commit",
            "a".repeat(40));

    assertThat(result.exit()).isZero();
    JsonNode candidate = Published.valid("policy-candidate", result.json());
    assertThat(candidate.path("status").stringValue()).isEqualTo("candidate");
    assertThat(candidate.path("tag").stringValue()).isEqualTo("2.3.73");
    assertThat(candidate.at("/policy/kms_allowed_mrtd").toString())
        .isEqualTo("[\"" + HexFormat.of().formatHex(kms.mrTd()) + "\"]");
    assertThat(candidate.at("/policy/allowed_rtmr2"))
        .isEqualTo(candidate.at("/policy/kms_allowed_rtmr2"));
    assertThat(candidate.at("/policy/node_allowed_rtmr2").toString())
        .isEqualTo("[\"" + HexFormat.of().formatHex(node.rtmr(2)) + "\"]");
    assertThat(candidate.at("/policy/kms_allowed_tcb_statuses").toString())
        .isEqualTo("[\"uptodate\",\"outofdate\"]");
    assertThat(candidate.at("/observed/kms/tcb_status").stringValue()).isEqualTo("UpToDate");
    assertThat(candidate.at("/observed/kms/quote_sha256").stringValue()).hasSize(64);
    assertThat(result.err()).contains("warning: the root given by --root", "compose_hash_missing");
    assertThat(result.err()).doesNotContain("--nonce");

    Path file = Files.writeString(directory.resolve("candidate.json"), result.out());
    assertThat(Cli.run("policy", "lint", file, "--fail-on", "never").out())
        .contains("a candidate, no policy: nothing loads it");
  }

  @Test
  void declaresWhatItIsToldAndWarnsOfWhatItSaw() throws IOException {
    Simulated old =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).platformStatus("OutOfDate"), directory);
    Path answer = answer("kms.json", machine(old, "kms"), 1);
    Object[] options = {"--kms", answer, "--allowed-tcb-status", "UpToDate,swhardeningneeded"};

    Cli.Result result = candidates(old, options);
    assertThat(result.exit()).isZero();
    assertThat(result.json().at("/policy/kms_allowed_tcb_statuses").toString())
        .isEqualTo("[\"uptodate\",\"swhardeningneeded\"]");
    assertThat(Published.valid("policy-candidate", result.json()).path("policy").propertyNames())
        .allMatch(name -> name.startsWith("kms_"), "no list that would stand for nodes too");
    assertThat(result.err()).contains("OutOfDate, which is not declared", "no --nonce was given");

    List<Object> strict = new ArrayList<>(List.of(options));
    strict.addAll(List.of("--require-observed-allowed", "--json"));
    Cli.Result refused = candidates(old, strict.toArray());
    assertThat(refused.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(refused.json().at("/failure/code").stringValue()).isEqualTo("status_not_declared");
    assertThat(
            candidates(
                    old,
                    "--kms",
                    answer,
                    "--allowed-tcb-status",
                    "uptodate",
                    "--allowed-tcb-status",
                    "outofdate",
                    "--require-observed-allowed")
                .exit())
        .isZero();
  }

  @Test
  void takesTheComposeHashFromALogThatTheQuoteProves() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    DstackApp app = DstackApp.named("kms");
    SimulatedTdxMachine machine = app.launch(simulated.platform(), TdImage.named("kms"));
    Path answer = answer("kms.json", machine, 7);

    Cli.Result result = candidates(simulated, "--kms", answer, "--json");
    assertThat(result.exit()).isZero();
    assertThat(result.json().at("/candidate/policy/kms_allowed_event_payload").toString())
        .isEqualTo("[\"" + app.composeHash() + "\"]");
    assertThat(result.json().path("verified").booleanValue()).isTrue();
    assertThat(result.json().path("warnings").toString()).doesNotContain("compose_hash_missing");

    Path forged =
        Files.writeString(
            directory.resolve("forged.json"),
            Files.readString(answer).replace(app.composeHash(), "0".repeat(64)));
    assertThat(candidates(simulated, "--kms", forged, "--json").exit()).isEqualTo(Exits.REJECTED);
  }

  @Test
  void refusesWhatIsNotProven() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Path answer = answer("kms.json", machine(simulated, "kms"), 1);

    assertCode(
        candidates(simulated, "--kms", answer, "--nonce", "02".repeat(32), "--json"),
        "report_data_mismatch");
    Path edited =
        Files.writeString(
            directory.resolve("edited.json"),
            Files.readString(answer).replace("\"reportDataHex\":\"01", "\"reportDataHex\":\"02"));
    assertCode(candidates(simulated, "--kms", edited, "--json"), "report_data_mismatch");
    Path token = Files.writeString(directory.resolve("token"), "eyJhbGciOiJSUzI1NiJ9.e30.AAAA");
    Cli.Result refused = candidates(simulated, "--kms", token, "--json");
    assertCode(refused, "quote_malformed");
    assertThat(refused.json().at("/failure/reason").stringValue()).contains("token");
    Cli.Result unproven =
        Cli.run(
            "policy",
            "candidates",
            "--release",
            "2.3.73",
            "--kms",
            answer,
            "--collateral",
            simulated.collateral());
    assertThat(unproven.exit()).isEqualTo(Exits.REJECTED);
    assertThat(unproven.out()).isEmpty();
  }

  private static void assertCode(Cli.Result result, String code) {
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo(code);
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Path answer = answer("kms.json", machine(simulated, "kms"), 1);
    assertThat(candidates(simulated).err()).contains("--kms FILE, --node FILE, or both");
    assertThat(candidates(simulated, "--kms", answer, "--allowed-tcb-status", "revoked").err())
        .contains("Revoked is rejected always");
    assertThat(candidates(simulated, "--kms", answer, "--allowed-tcb-status", "good").err())
        .contains("'good' is not a TCB status");
    assertThat(candidates(simulated, "--kms", answer, "--allowed-tcb-status", "").exit())
        .isEqualTo(Exits.USAGE);
    assertThat(candidates(simulated, "--kms", answer, "--commit", "abc").err()).contains("40");
    assertThat(candidates(simulated, "--kms", answer, "--profile", "prod").err())
        .contains("'prod' is not a profile");
    assertThat(candidates(simulated, "--kms", "-", "--node", "-").err()).contains("standard input");
  }
}
