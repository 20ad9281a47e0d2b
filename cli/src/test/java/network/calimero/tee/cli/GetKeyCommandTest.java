package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.node.NodeStep;
import network.calimero.tee.node.StubKms;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.dstack.AgentFault;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GetKeyCommandTest {
  private static final String HASH = "00".repeat(32);

  @TempDir Path directory;

  private Simulated simulated;
  private StubKms kms;
  private DstackAgent agent;
  private Path identity;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    simulated = Simulated.of(SimulatedPlatform.builder(Cli.NOW), directory);
    kms = StubKms.start(simulated.platform().launch(TdImage.named("kms")), Cli.NOW.plusSeconds(60));
    DstackApp app = DstackApp.named("node");
    socket = directory.resolve("agent.sock");
    agent = DstackAgent.start(socket, app, app.launch(simulated.platform(), TdImage.named("node")));
    identity = directory.resolve("node.key");
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
    kms.close();
  }

  private Cli.Result getKey(Object... more) {
    return onDstack(with(more, "--create-identity", "--any-program"));
  }

  private Cli.Result onDstack(Object... more) {
    return bare(
        with(
            more,
            "--collateral",
            simulated.collateral(),
            "--root",
            simulated.root(),
            "--dstack",
            socket));
  }

  private Cli.Result bare(Object... more) {
    return Cli.run(with(more, "kms", "get-key", kms.url(), "--identity", identity));
  }

  private static Object[] with(Object[] more, Object... first) {
    List<Object> args = new ArrayList<>(List.of(first));
    args.addAll(List.of(more));
    return args.toArray();
  }

  private static String fingerprint(String hexKey) {
    return HexFormat.of().formatHex(Hash.sha256(HexFormat.of().parseHex(hexKey)));
  }

  @Test
  void checksTheKmsFirstAndFetchesTheKeyWithoutShowingIt() {
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(kms.complaints()).isEmpty();
    assertThat(kms.requests()).containsExactly("/attest", "/challenge", "/get-key");
    JsonNode json = result.json();
    String key = StubKms.keyOf(json.path("peerId").stringValue());
    assertThat(json.path("released").booleanValue(false)).isTrue();
    assertThat(json.path("keyLength").intValue()).isEqualTo(32);
    assertThat(json.path("keySha256").stringValue()).isEqualTo(fingerprint(key));
    assertThat(json.at("/kmsCheck/verified").booleanValue(false)).isTrue();
    assertThat(result.out()).doesNotContain(key);
  }

  @Test
  void showsEveryStepInOrderAndTheOneThatEndedIt() {
    JsonNode good = getKey("--json").json();
    assertThat(names(good.path("checks"))).isEqualTo(names(NodeStep.all()));
    assertThat(names(good.at("/kmsCheck/checks"))).isEqualTo(names(NodeStep.ofKms()));
    assertThat(good.path("failedStep").isNull()).isTrue();
    kms.evidenceOver(asked -> new byte[64]);
    JsonNode bad = getKey("--json").json();
    assertThat(names(bad.path("checks"))).isEqualTo(names(NodeStep.all()));
    assertThat(bad.path("failedStep").stringValue()).isEqualTo("nonce");
    assertThat(bad.at("/kmsCheck/failedStep").stringValue()).isEqualTo("nonce");
    String text = getKey().out();
    assertThat(text).contains("It ended at step 5 of 20: nonce in the quote");
    for (NodeStep step : NodeStep.all()) {
      assertThat(text).contains("%2d %s".formatted(step.number(), step.title()));
    }
  }

  private static List<String> names(JsonNode checks) {
    List<String> names = new ArrayList<>();
    checks.forEach(check -> names.add(check.path("name").stringValue()));
    return names;
  }

  private static List<String> names(List<NodeStep> steps) {
    return steps.stream().map(NodeStep::text).toList();
  }

  @Test
  void saysWhatItDidToPeople() {
    Cli.Result result = getKey();
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.firstLine()).isEqualTo("KEY RELEASED");
    assertThat(result.out())
        .contains(
            "SHA-256 of the key", "32 bytes", "genuine is not the right one", "sealed to this node")
        .doesNotContain("relayed", "plain release");
  }

  @Test
  void asksForAPlainKeyOnlyWhenToldAndSaysWhatThatMeans() {
    Cli.Result result = getKey("--plain");
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(kms.complaints()).isEmpty();
    assertThat(result.out()).contains("PLAIN", "plain release", "relayed");
  }

  @Test
  void aKmsThatDoesNotSealIsNotAskedForAKey() {
    kms.answer("/attest", 200, "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"00\"}");
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("sealing_not_offered");
    assertThat(kms.requests()).containsExactly("/attest");
  }

  @Test
  void aKeySealedByAnotherThanTheCheckedKmsIsNotUsed() {
    kms.changeTransportKeyAfterAttest();
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("seal_broken");
    assertThat(result.json().path("released").booleanValue(true)).isFalse();
  }

  @Test
  void getsTheSameKeyAgainWithTheSameIdentity() {
    String first = getKey("--json").json().path("keySha256").stringValue();
    assertThat(getKey("--json").json().path("keySha256").stringValue()).isEqualTo(first);
    identity = directory.resolve("other.key");
    assertThat(getKey("--json").json().path("keySha256").stringValue()).isNotEqualTo(first);
  }

  @Test
  void showsTheKeyWhenAskedTo() {
    JsonNode json = getKey("--print-key", "--json").json();
    String key = StubKms.keyOf(json.path("peerId").stringValue());
    assertThat(json.path("key").stringValue()).isEqualTo(key);
    assertThat(getKey("--print-key").out()).contains(key);
  }

  @Test
  void writesTheKeyToAFileOfItsOwnersOnly() throws IOException {
    Path out = directory.resolve("storage.hex");
    Files.writeString(out, "what was there before");
    Cli.Result result = getKey("--out", out, "--json");
    assertThat(result.exit()).isEqualTo(Exits.OK);
    String key = StubKms.keyOf(result.json().path("peerId").stringValue());
    assertThat(Files.readString(out)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".mero-tee-"));
    }
    assertThat(result.out()).doesNotContain(key);
  }

  @Test
  void saysWhereItCannotWriteAndLeavesNoKeyBehind() {
    Path missing = directory.resolve("missing");
    Cli.Result result = getKey("--out", missing.resolve("storage.hex"));
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("cannot write the key to", "there is no folder " + missing);
    assertThat(getKey("--out", directory).err()).contains("it is a folder");
    assertThat(getKey("--out", "/proc/storage.hex").err())
        .contains("cannot write the key to /proc/");
    assertThat(kms.requests()).isEmpty();
    assertThat(identity).doesNotExist();
  }

  @Test
  void asksNoKeyOfAKmsThatDoesNotPass() {
    Cli.Result result = getKey("--expect-mrtd", "00".repeat(48), "--json");
    assertThat(result.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(kms.requests()).containsExactly("/attest");
    JsonNode json = result.json();
    assertThat(json.path("released").booleanValue(true)).isFalse();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("kms_not_allowed");
    kms.evidenceOver(asked -> new byte[64]);
    Cli.Result forged = getKey();
    assertThat(forged.exit()).isEqualTo(Exits.REJECTED);
    assertThat(forged.firstLine()).startsWith("NO KEY: the KMS did not pass");
    assertThat(kms.requests()).doesNotContain("/challenge", "/get-key");
  }

  @Test
  void asksOnlyAKmsThatHasTheExpectedKeys() {
    String known = HexFormat.of().formatHex(Hash.sha256(kms.transportKey()));
    Cli.Result other = getKey("--expect-fingerprint", "00".repeat(32), "--json");
    assertThat(other.exit()).isEqualTo(Exits.NOT_ALLOWED);
    assertThat(other.json().path("failedStep").stringValue()).isEqualTo("fingerprint");
    assertThat(kms.requests()).containsExactly("/attest");
    assertThat(getKey("--expect-fingerprint", "00".repeat(32) + "," + known).exit())
        .isEqualTo(Exits.OK);
    Cli.Result plain = getKey("--expect-fingerprint", known, "--plain");
    assertThat(plain.exit()).isEqualTo(Exits.USAGE);
    assertThat(plain.err()).contains("leave out --plain");
  }

  @Test
  void asksWithoutACheckOnlyWhenToldAndSaysSo() {
    Cli.Result result =
        bare("--skip-kms-check", "--plain", "--dstack", socket, "--create-identity");
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(kms.requests()).containsExactly("/challenge", "/get-key");
    assertThat(result.out()).contains("NOT CHECKED", "whoever answered chose this key");
    Cli.Result both = getKey("--skip-kms-check");
    assertThat(both.exit()).isEqualTo(Exits.USAGE);
    String any = "00".repeat(32);
    Cli.Result judged = bare("--skip-kms-check", "--plain", "--expect-compose-hash", any);
    assertThat(judged.exit()).isEqualTo(Exits.USAGE);
    assertThat(judged.err()).contains("--skip-kms-check verifies nothing");
  }

  @Test
  void explainsARefusalByTheKms() {
    kms.answer(
        "/get-key",
        403,
        "{\"error\":\"measurement_policy_rejected\",\"details\":\"RTMR2 abcd is not in the policy\"}");
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    JsonNode failure = result.json().path("failure");
    assertThat(failure.path("code").stringValue()).isEqualTo("measurement_policy_rejected");
    assertThat(failure.path("message").stringValue()).contains("RTMR2 abcd is not in the policy");
    assertThat(failure.path("advice").stringValue()).contains("profile");
    assertThat(getKey().out())
        .contains("NO KEY", "What to do: this node's image is not in the policy");
  }

  @Test
  void tellsNotNowFromNo() {
    kms.answer("/get-key", 503, "{\"error\":\"challenge_store_unavailable\"}");
    assertThat(getKey().exit()).isEqualTo(Exits.NO_VERDICT);
    kms.answer("/get-key", 429, "{\"error\":\"rate_limited\"}");
    assertThat(getKey().exit()).isEqualTo(Exits.NO_VERDICT);
    kms.answer("/get-key", 401, "{\"error\":\"invalid_challenge\"}");
    assertThat(getKey().exit()).isEqualTo(Exits.REJECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | <html>Forbidden</html>",
        "404 | {\"error\":\"invalid_request\"}",
        "401 | {\"error\":\"unauthorized\"}",
        "200 | <html>Welcome</html>",
        "200 | {}",
        "500 | {\"error\":\"key_derivation_failed\"}",
        "401 | {\"error\":\"attestation_verification_failed\",\"details\":\"collateral_unavailable: gone\"}",
        "401 | {\"error\":\"attestation_verification_failed\",\"details\":\"no_verdict: clock\"}",
      })
  void knowsNothingWhereNoKmsSaidNo(int status, String body) {
    kms.answer("/get-key", status, body);
    Cli.Result result = getKey();
    assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(result.firstLine()).isEqualTo("NO KEY");
    assertThat(result.out()).doesNotContain("Note: ");
    assertThat(result.out()).contains("answer").doesNotContain("KMS refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_request",
        "invalid_peer_id",
        "invalid_attestation_request",
        "invalid_peer_public_key",
        "invalid_signature",
        "attestation_verification_failed",
        "mock_attestation_rejected",
        "peer_identity_mismatch",
        "peer_id_mismatch",
        "tcb_status_rejected"
      })
  void takesTheKmssNoForANo(String tag) {
    kms.answer("/get-key", 401, "{\"error\":\"%s\"}".formatted(tag));
    Cli.Result result = getKey();
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.out()).contains("the KMS refused /get-key with " + tag, "What to do: ");
  }

  @Test
  void advisesOnWhatTheKmsCouldNotRead() {
    kms.answer("/get-key", 401, "{\"error\":\"invalid_signature\"}");
    assertThat(getKey().out()).contains("ask again: the signature is over challenge, quote");
    kms.answer("/get-key", 400, "{\"error\":\"invalid_request\"}");
    assertThat(getKey().out()).contains("does not take this form of request");
  }

  @Test
  void refusesAWeakKey() {
    kms.answer("/get-key", 200, "{\"key\":\"00112233\"}");
    Cli.Result result = getKey("--plain", "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("key_unusable");
  }

  @Test
  void saysWhereTheAgentIsMissing() throws IOException {
    agent.close();
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.json().at("/failure/message").stringValue())
        .contains("this machine gives no quote", socket.toString(), "is --dstack right")
        .doesNotContain("DSTACK_SOCKET_PATH");
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("machine_quote_failed");
  }

  @Test
  void saysThatTheAgentsQuoteIsNotOverItsData() {
    agent.wrongReportData();
    Cli.Result result = getKey("--json");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("own_quote_wrong");
    agent.clearFaults().fault("GetQuote", new AgentFault.Failure(500, "no TDX here"));
    Cli.Result none = getKey();
    assertThat(none.exit()).isEqualTo(Exits.USAGE);
    assertThat(none.out())
        .contains("NO KEY", "no TDX here", "step 17 of 20: own quote")
        .contains("FAILED", "not reached");
  }

  @Test
  void takesNoKeyFromWhateverAnswersUnlessTold() {
    for (String[] unnamed : List.of(new String[0], new String[] {"--expect-compose-hash", HASH})) {
      Cli.Result result = onDstack(with(unnamed, "--create-identity"));
      assertThat(result.exit()).isEqualTo(Exits.USAGE);
      assertThat(result.err()).contains("any program in any genuine TDX VM", "--expect-mrtd");
    }
    assertThat(identity).doesNotExist();
    assertThat(kms.requests()).isEmpty();
    Cli.Result named =
        onDstack(
            "--create-identity",
            "--expect-fingerprint",
            HexFormat.of().formatHex(Hash.sha256(kms.transportKey())));
    assertThat(named.exit()).isEqualTo(Exits.OK);
  }

  @Test
  void saysWhereANewIdentityCannotBe() {
    identity = identity.resolveSibling("no-folder").resolve("node.key");
    Cli.Result result = onDstack("--create-identity", "--any-program");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("folder that is there").doesNotContain("--create-identity");
  }

  @Test
  void neverMakesANewIdentityUnasked() {
    Cli.Result result = onDstack("--any-program");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains(identity.toString(), "--create-identity");
    assertThat(identity).doesNotExist();
    assertThat(kms.requests()).isEmpty();
  }

  @Test
  void refusesAnIdentityFileThatIsNone() throws IOException {
    Files.writeString(identity, "not a key\n");
    Cli.Result result = getKey();
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("identity file").doesNotContain("not a key");
  }

  @Test
  void takesOneSourceOfQuotesAtMost() {
    Cli.Result both =
        bare(
            "--skip-kms-check",
            "--create-identity",
            "--dstack",
            socket,
            "--configfs-tsm",
            directory);
    assertThat(both.exit()).isEqualTo(Exits.USAGE);
    assertThat(both.err()).contains("--dstack", "--configfs-tsm");
  }

  @Test
  void takesNoUrlForTheKernelsFolder() {
    Cli.Result result =
        Cli.run("kms", "get-key", "--identity", identity, "--configfs-tsm", kms.url());
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains(kms.url() + "' is a URL", "/sys/kernel/config/tsm/report");
    Cli.Result none = bare("--configfs-tsm", "--skip-kms-check");
    assertThat(none.exit()).isEqualTo(Exits.USAGE);
    assertThat(none.err()).contains("--configfs-tsm");
    assertThat(kms.requests()).isEmpty();
  }

  @Test
  void findsWhatMakesQuotesHere() throws Exception {
    Path missing = directory.resolve("missing");
    try (MachineOptions.Machine found = MachineOptions.find(socket, directory)) {
      assertThat(found.name()).isEqualTo("dstack agent at " + socket);
    }
    try (MachineOptions.Machine found = MachineOptions.find(missing, directory)) {
      assertThat(found.name()).isEqualTo("configfs-tsm at " + directory);
    }
    assertThatThrownBy(() -> MachineOptions.find(missing, missing))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("nothing here makes quotes");
  }

  @Test
  void saysWhereTheKernelHasNoReports() {
    Path reports = directory.resolve("tsm");
    Cli.Result result =
        bare("--skip-kms-check", "--plain", "--create-identity", "--configfs-tsm", reports);
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.out()).contains("NO KEY", reports.toString());
  }
}
