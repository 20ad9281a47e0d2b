package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.verify.Scene.NONCE;
import static network.calimero.tee.functions.verify.Scene.base64;
import static network.calimero.tee.functions.verify.Scene.pasted;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import network.calimero.tee.functions.verify.VerifierFixture.Options;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReportCasesTest {
  private static final String CHECKS = "/verdict/checks";
  private static VerifierFixture verifier;
  private static ObjectNode answer;
  private static ReportCheck check;

  private final Map<String, Attempt> attempts = new LinkedHashMap<>();

  @BeforeAll
  static void verifyOnce() throws Exception {
    verifier = new VerifierFixture(Options.DEFAULT, Scene.RELEASE);
    answer = post(pasted(Scene.kmsAnswer(NONCE)));
    SignatureVerifier signatures =
        new SignatureVerifier(
            TrustedRoot.parse(Bytes.of(Scene.RELEASE.sigstore().trustedRootJson())));
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Scene.PLATFORM.pki().root().der()));
    check =
        new ReportCheck(
            new DcapVerifier(anchor, VerifierOptions.STRICT),
            new Signatures(
                RecognizedBundles.olderOnly(signatures), signatures, ReportCasesTest::noLog),
            SignerRule.OFFICIAL,
            System::nanoTime);
  }

  private static List<LogEntry> noLog(ArtifactDigest artifact, DetachedSignature signature)
      throws SourceException {
    throw new SourceException(SourceException.Code.LOG_NOT_ASKED, "nobody is asked");
  }

  @AfterAll
  static void stop() {
    verifier.close();
  }

  private static ObjectNode post(ObjectNode body) {
    return JsonMapper.shared().readTree(verifier.post(body.toString()).body().toArray()).asObject();
  }

  private static ObjectNode report(ObjectNode some) {
    ObjectNode report = JsonMapper.shared().createObjectNode();
    report.put("format", "mero-tee-report/1").put("checkedAt", Scene.NOW.toString());
    report.set("request", JsonMapper.shared().createObjectNode().put("nonce_b64", base64(NONCE)));
    report.set("answer", some);
    return report;
  }

  private static Rechecked checked(String json) throws MalformedException, ApiException {
    Report report = Report.parse(Bytes.of(json.getBytes(UTF_8)));
    return check.check(
        report,
        new ReportCheck.Terms(Optional.empty(), Optional.empty(), Optional.empty()),
        report.verifiedAt());
  }

  /** The code of the first check that failed, how it ended if none did, or why it is no report. */
  private static String code(String json) {
    try {
      Rechecked checked = checked(json);
      return checked
          .failure()
          .map(line -> line.result().equals("failed") ? line.code() : line.name() + "_reported")
          .orElse(checked.result());
    } catch (MalformedException _) {
      return "no_report";
    } catch (ApiException e) {
      return e.problem().code();
    }
  }

  @Test
  void aReportEndsAsTheTableSays() throws Exception {
    asTheyCame();
    forms();
    evidence();
    documents();
    claims();
    CaseTable table = CaseTable.read(Path.of(System.getProperty("mero.root")), "Reports");

    assertThat(table.differences(attempts)).isEmpty();
  }

  private void asTheyCame() throws Exception {
    attempts.put("a report", () -> code(report(answer.deepCopy()).toString()));
    attempts.put("an answer as it came", () -> code(answer.toString()));
    attempts.put(
        "a node's, that was asked at its URL",
        () -> {
          try (LoopbackServer node = Scene.nodeServer()) {
            ObjectNode call = JsonMapper.shared().createObjectNode();
            return code(post(call.put("node_url", node.baseUri().toString())).toString());
          }
        });
    attempts.put(
        "an agent's gate's",
        () -> code(post(pasted(Scene.agentAnswer(true)).put("agent", true)).toString()));
  }

  private void forms() {
    text("of another format", report(answer.deepCopy()).put("format", "mero-tee-report/2"));
    text("without an answer", report(answer.deepCopy()).without("answer"));
    changed("without an attestation", some -> some.remove("attestation"));
    changed("without a quote", some -> attestation(some).remove("quoteB64"));
    changed("with a collateral that is none", some -> some.putObject("collateral"));
    changed("with a nonce of 31 bytes", some -> some.put("nonce_b64", "AAAA".repeat(10)));
    changed(
        "with a file that is no base64",
        some -> files(some).put(files(some).propertyNames().iterator().next(), "%"));
    changed("of no time", some -> verdict(some).put("verifiedAt", "yesterday"));
    attempts.put("that is a list", () -> code("[]"));
    attempts.put("nested deep", () -> code("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"));
  }

  private void evidence() {
    changed("with another nonce", some -> some.put("nonce_b64", base64(Scene.KEY)));
    changed("without a nonce", some -> some.putNull("nonce_b64"));
    changed("with a bit of its quote flipped", ReportCasesTest::flip);
    changed("without collateral", some -> some.putNull("collateral"));
    changed(
        "dated a year later",
        some -> verdict(some).put("verifiedAt", Scene.NOW.plus(Duration.ofDays(365)).toString()));
    changed("of a platform that brings its own root", ReportCasesTest::ofAnotherRoot);
    changed(
        "with an event log cut short", some -> attestation(some).withArray("eventLog").remove(7));
    changed(
        "of an older quote, its report data written beside it",
        some ->
            attestation(some)
                .put("quoteB64", base64(Scene.quote(Scene.KMS, Scene.KEY, Scene.ZEROS))));
    changed(
        "of a machine of unknown software, said to have passed",
        some -> attestation(some).setAll(withoutLog(Scene.STRANGER)));
  }

  private static ObjectNode withoutLog(SimulatedTdxMachine machine) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("quoteB64", base64(Scene.quote(machine, NONCE, Scene.ZEROS)))
        .putNull("eventLog");
  }

  private static void flip(ObjectNode some) {
    byte[] quote = Base64.getDecoder().decode(attestation(some).get("quoteB64").stringValue());
    quote[48 + 136] ^= 1; // MRTD
    attestation(some).put("quoteB64", base64(Bytes.of(quote)));
  }

  private static void ofAnotherRoot(ObjectNode some) {
    SimulatedPlatform other = SimulatedPlatform.at(Instant.parse("2026-10-01T12:00:00Z"));
    Bytes quote = Scene.quote(other.launch(TdImage.named("dstack")), NONCE, Scene.ZEROS);
    attestation(some).put("quoteB64", base64(quote));
    some.set("collateral", JsonMapper.shared().readTree(other.collateral().json()));
  }

  private void documents() {
    changed("without the release's documents", some -> release(some).putArray("documents"));
    changed(
        "with a policy that accepts more than was signed",
        some -> file(some, ".json", json -> json.replace("\"uptodate\"", "\"outofdate\"")));
    changed("with a policy without its bundle", some -> remove(some, ".bundle.json"));
    changed("with a policy without its signature", some -> remove(some, ".sig"));
    changed("of another version than its documents", some -> release(some).put("version", "9.9.9"));
    changed("of a version that is none", some -> release(some).put("version", "newest"));
  }

  private static void remove(ObjectNode some, String end) {
    for (JsonNode document : release(some).withArray("documents")) {
      ObjectNode files = document.get("files").asObject();
      files.propertyNames().stream()
          .filter(name -> name.endsWith(end))
          .toList()
          .forEach(files::remove);
    }
  }

  private static void file(ObjectNode some, String end, UnaryOperator<String> change) {
    for (JsonNode document : release(some).withArray("documents")) {
      ObjectNode files = document.get("files").asObject();
      for (String name : List.copyOf(files.propertyNames())) {
        if (name.endsWith(end) && !name.endsWith(".bundle.json")) {
          String text =
              new String(Base64.getDecoder().decode(files.get(name).stringValue()), UTF_8);
          files.put(name, base64(Bytes.of(change.apply(text).getBytes(UTF_8))));
        }
      }
    }
  }

  private void claims() {
    changed("that says it failed by a check that passes", some -> say(some, "dcap", "failed"));
    changed("that says the authority refused it", some -> say(some, "ita", "failed"));
    changed("that says nothing of its checks", some -> verdict(some).putArray("checks"));
  }

  private static void say(ObjectNode some, String name, String result) {
    some.at(CHECKS)
        .valueStream()
        .filter(line -> line.get("name").stringValue().equals(name))
        .forEach(line -> line.asObject().put("result", result));
  }

  private static ObjectNode attestation(ObjectNode some) {
    return some.get("attestation").asObject();
  }

  private static ObjectNode verdict(ObjectNode some) {
    return some.get("verdict").asObject();
  }

  private static ObjectNode release(ObjectNode some) {
    return some.at("/verdict/release").asObject();
  }

  private static ObjectNode files(ObjectNode some) {
    return some.at("/verdict/release/documents/0/files").asObject();
  }

  private void changed(String name, Consumer<ObjectNode> change) {
    attempts.put(
        name,
        () -> {
          ObjectNode some = answer.deepCopy();
          change.accept(some);
          return code(some.toString());
        });
  }

  private void text(String name, JsonNode json) {
    attempts.put(name, () -> code(json.toString()));
  }

  @Test
  void whatTheReportClaimsIsShownBesideWhatHolds() throws Exception {
    ObjectNode lying = answer.deepCopy();
    flip(lying);
    Rechecked checked = checked(lying.toString());

    assertThat(checked.result()).isEqualTo("failed");
    assertThat(checked.lines())
        .filteredOn(Rechecked.Line::isContradicted)
        .extracting(Rechecked.Line::name)
        .containsExactly("dcap");
    assertThat(checked.verdict().at("/release").isNull()).isTrue();
  }

  @Test
  void anothersNonceIsNotMine() throws Exception {
    Report report = Report.parse(Bytes.of(answer.toString().getBytes(UTF_8)));
    ReportCheck.Terms mine =
        new ReportCheck.Terms(Optional.of(Scene.KEY), Optional.empty(), Optional.empty());

    assertThat(check.check(report, mine, Scene.NOW).failure().orElseThrow().code())
        .isEqualTo("nonce_mismatch");
  }
}
