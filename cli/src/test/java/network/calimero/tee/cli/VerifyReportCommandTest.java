package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class VerifyReportCommandTest {
  private static final String VERSION = "2.3.74";
  private static final String PROFILE = "locked-read-only";
  private static final String POLICY = "kms-phala-attestation-policy." + PROFILE + ".json";
  private static final byte[] NONCE = Hash.sha256("a nonce".getBytes(UTF_8));
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(Cli.NOW);
  private static final DstackApp APP = DstackApp.named("kms");
  private static final SimulatedTdxMachine KMS = APP.launch(PLATFORM, TdImage.named("dstack"));
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.builder(VERSION, ReleaseGeneration.B)
          .kms(PROFILE, KMS)
          .composeHash(PROFILE, APP.composeHash())
          .build();

  @TempDir Path directory;
  private ObjectNode report;

  @BeforeEach
  void write() throws IOException {
    report = JsonMapper.shared().createObjectNode().put("format", "mero-tee-report/1");
    report.put("checkedAt", Cli.NOW.toString()).putObject("request");
    ObjectNode answer = report.putObject("answer").put("nonce_b64", base64(NONCE));
    answer.putObject("attestation").put("quoteB64", base64(quote(KMS)));
    attestation().set("eventLog", json(EventLogDocument.of(KMS).toString()));
    answer.set("collateral", json(PLATFORM.collateral().json()));
    ObjectNode verdict = answer.putObject("verdict").put("verifiedAt", Cli.NOW.toString());
    ArrayNode checks = verdict.putArray("checks");
    for (String name : List.of("freshness", "dcap", "event_log", "compose_hash", "measurements")) {
      checks.addObject().put("name", name).put("result", "passed");
    }
    ObjectNode release = verdict.putObject("release").put("version", VERSION).put("role", "kms");
    release.putArray("profiles").add(PROFILE);
    ObjectNode files = release.putArray("documents").addObject().putObject("files");
    for (String name : List.of(POLICY, POLICY + ".sig", POLICY + ".pem", POLICY + ".bundle.json")) {
      files.put(name, base64(RELEASE.file(name)));
    }
    Files.writeString(directory.resolve("root.pem"), PLATFORM.pki().root().pem());
    Files.write(directory.resolve("trusted.json"), RELEASE.sigstore().trustedRootJson());
  }

  private static byte[] quote(SimulatedTdxMachine machine) {
    return machine.quote(
        Bytes.concat(NONCE, Hash.sha256("mero-kms-phala-attest-v1".getBytes(UTF_8))));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private ObjectNode attestation() {
    return report.at("/answer/attestation").asObject();
  }

  private ObjectNode verdict() {
    return report.at("/answer/verdict").asObject();
  }

  private Cli.Result verify(Object... more) {
    List<Object> args = new ArrayList<>(List.of("verify-report", "-"));
    args.addAll(List.of("--root", directory.resolve("root.pem")));
    args.addAll(List.of("--trusted-root", directory.resolve("trusted.json")));
    args.addAll(List.of(more));
    return Cli.runWithInput(report.toString().getBytes(UTF_8), args.toArray());
  }

  @Test
  void confirmsWhatHoldsAndSaysUnderWhoseRoots() {
    Cli.Result result = verify();

    assertThat(result.firstLine())
        .isEqualTo(
            "CONFIRMED: a KMS of release 2.3.74, profile locked-read-only, under roots that are NOT"
                + " the real ones");
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.out()).contains("event log", "replaying", "freshness", "NOT Intel's root");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void givesEveryCheckAsJson() {
    JsonNode json = verify("--json").json();

    assertThat(json.get("verified").booleanValue()).isTrue();
    assertThat(json.get("failure").isNull()).isTrue();
    assertThat(json.at("/checks/0/name").stringValue()).isEqualTo("freshness");
    assertThat(json.at("/verdict/measurements")).hasSize(5);
    assertThat(json.at("/verdict/dcap/steps")).hasSize(10);
  }

  @Test
  void refutesUnderIntelsRoot() {
    byte[] input = report.toString().getBytes(UTF_8);
    Cli.Result result = Cli.runWithInput(input, "verify-report", "-", "--json");

    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("report_refuted");
    assertThat(result.json().at("/verdict/result").stringValue()).isEqualTo("failed");
  }

  @Test
  void aNonceOfMyOwnMustBeTheOneInTheQuote() {
    assertThat(verify("--nonce", base64(NONCE)).exit()).isEqualTo(Exits.OK);
    assertThat(verify("--nonce", HexFormat.of().formatHex(NONCE)).exit()).isEqualTo(Exits.OK);
    Cli.Result other = verify("--nonce", base64(new byte[32]));
    assertThat(other.exit()).isEqualTo(Exits.REJECTED);
    assertThat(other.firstLine()).startsWith("REFUTED: freshness").contains("nonce_mismatch");
    assertThat(verify("--nonce", "AAAA").exit()).isEqualTo(Exits.USAGE);
  }

  @Test
  void documentsThatAreNotInItCanBeGiven() throws IOException {
    verdict().get("release").asObject().putArray("documents");
    Cli.Result without = verify();
    assertThat(without.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(without.firstLine()).startsWith("NO VERDICT: not proven: measurements");

    RELEASE.writeTo(directory);
    assertThat(verify("--offline", directory).exit()).isEqualTo(Exits.OK);
    assertThat(verify("--offline", directory, "--release", "mero-kms-v2.3.75").exit())
        .isEqualTo(Exits.NO_VERDICT);
  }

  @Test
  void whatItSaysOfItselfAndDoesNotHoldIsSaid() {
    SimulatedTdxMachine stranger = PLATFORM.launch(TdImage.named("stranger"));
    attestation().put("quoteB64", base64(quote(stranger))).putNull("eventLog");
    Cli.Result result = verify();

    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.out())
        .contains("THE REPORT SAYS: passed", "wrong, or lied")
        .contains("measurement_policy_rejected");
  }

  @Test
  void anOldReportIsSaidToBeOld() {
    String before = Cli.NOW.minus(Duration.ofDays(3)).toString();
    verdict().put("verifiedAt", before);
    assertThat(verify().exit()).isEqualTo(Exits.REJECTED);
    assertThat(verify("--at", Cli.NOW).exit()).isEqualTo(Exits.OK);
  }

  @Test
  void whatIsNoReportIsRefusedAsSuch() {
    verdict().put("verifiedAt", Cli.NOW.plus(Duration.ofHours(1)).toString());
    assertThat(verify().err()).contains("later than now");
    report.put("format", "something else");
    Cli.Result result = verify("--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("report_malformed");
  }
}
