package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CalimeroTeeVerifyCommandTest {
  private static final String NONCE = "11".repeat(32);
  private static final String APP_HASH = "22".repeat(32);
  private static final TdImage IMAGE = TdImage.named("node");

  @TempDir private Path folder;
  private PcsServer intel;

  @BeforeEach
  void start() throws IOException {
    intel = PcsServer.start();
  }

  @AfterEach
  void stop() {
    intel.close();
  }

  /** What came of a run. */
  private record Result(int exit, JsonNode json, String err) {
    boolean is(String field) {
      return json.get(field).booleanValue();
    }
  }

  private Result run(String input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            Console.writer(out),
            Console.writer(err),
            InstantSource.fixed(Cli.NOW),
            Map.of("CALIMERO_TEE_COLLATERAL_URL", intel.baseUri().toString()));
    Path root = folder.resolve("root.pem");
    int exit =
        Files.exists(root)
            ? MeroTee.run(console, "calimero-tee-verify", "--root", root.toString())
            : MeroTee.run(console, "calimero-tee-verify");
    assertThat(out.toString(UTF_8).strip().lines()).hasSize(1);
    return new Result(exit, JsonMapper.shared().readTree(out.toByteArray()), err.toString(UTF_8));
  }

  private SimulatedTdxMachine machine(PlatformBuilder builder, TdImage image) throws IOException {
    SimulatedPlatform platform = builder.build();
    intel.serve(platform.collateral());
    Files.writeString(folder.resolve("root.pem"), platform.pki().root().pem());
    return platform.launch(image);
  }

  private SimulatedTdxMachine machine() throws IOException {
    return machine(SimulatedPlatform.builder(Cli.NOW), IMAGE);
  }

  private static byte[] quote(SimulatedTdxMachine machine) {
    return machine.quote(HexFormat.of().parseHex(NONCE + APP_HASH));
  }

  private static String request(byte[] quote, String nonce, String appHash) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("quote_b64", Base64.getEncoder().encodeToString(quote))
        .put("nonce_hex", nonce)
        .put("app_hash_hex", appHash)
        .toString();
  }

  private Result judged(SimulatedTdxMachine machine) throws IOException {
    return run(request(quote(machine), NONCE, APP_HASH));
  }

  @Test
  void aGenuineQuoteForNonceAndAppIsValid() throws IOException {
    SimulatedTdxMachine machine = machine();
    Result result = judged(machine);
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.json().propertyNames())
        .containsExactly(
            "valid",
            "quote_verified",
            "nonce_verified",
            "application_hash_verified",
            "tcb_status",
            "advisory_ids",
            "tcb_evaluation_data_number",
            "measurements",
            "root_is_intels");
    assertThat(result.is("valid")).isTrue();
    assertThat(result.json().get("tcb_status").stringValue()).isEqualTo("UpToDate");
    assertThat(result.json().get("tcb_evaluation_data_number").isInt()).isTrue();
    assertThat(result.json().at("/measurements/mrtd").stringValue())
        .isEqualTo(HexFormat.of().formatHex(machine.mrTd()));
    assertThat(result.json().get("measurements").propertyNames())
        .containsExactly("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3");
    assertThat(result.is("root_is_intels")).isFalse();

    String hex = HexFormat.of().formatHex(quote(machine));
    String asHex =
        "{\"quote_hex\":\"%s\",\"nonce_hex\":\"%s\",\"app_hash_hex\":\"%s\"}"
            .formatted(hex, NONCE, APP_HASH);
    assertThat(run(asHex).is("valid")).isTrue();
  }

  @Test
  void anotherNonceOrAppIsAVerdictToo() throws IOException {
    byte[] quote = quote(machine());
    Result nonce = run(request(quote, APP_HASH, APP_HASH));
    assertThat(nonce.exit()).isZero();
    assertThat(nonce.is("valid")).isFalse();
    assertThat(nonce.is("nonce_verified")).isFalse();
    assertThat(nonce.is("quote_verified")).isTrue();
    Result app = run(request(quote, NONCE, NONCE));
    assertThat(app.exit()).isZero();
    assertThat(app.is("valid")).isFalse();
    assertThat(app.is("application_hash_verified")).isFalse();
    assertThat(app.is("nonce_verified")).isTrue();
  }

  @Test
  void tcbStatusIsTheCallersToJudge() throws IOException {
    Result result =
        judged(
            machine(
                SimulatedPlatform.builder(Cli.NOW).platformStatus("OutOfDate", "INTEL-SA-00001"),
                IMAGE));
    assertThat(result.exit()).isZero();
    assertThat(result.is("valid")).isTrue();
    assertThat(result.json().get("tcb_status").stringValue()).isEqualTo("OutOfDate");
    assertThat(result.json().at("/advisory_ids/0").stringValue()).isEqualTo("INTEL-SA-00001");
  }

  @Test
  void machinesThatOthersCanLookIntoAreInvalid() throws IOException {
    Result debug = judged(machine(SimulatedPlatform.builder(Cli.NOW), IMAGE.debug()));
    assertThat(debug.exit()).isZero();
    assertThat(debug.is("valid")).isFalse();
    assertThat(debug.is("quote_verified")).isFalse();
    assertThat(debug.json().get("failure").stringValue()).isEqualTo("td_debug");
  }

  @Test
  void forgedAndRevokedQuotesAreInvalid() throws IOException {
    machine();
    SimulatedTdxMachine forged =
        SimulatedPlatform.builder(Cli.NOW).seed("forger").build().launch(IMAGE);
    Result result = judged(forged);
    assertThat(result.exit()).isZero();
    assertThat(result.is("valid")).isFalse();
    assertThat(result.is("quote_verified")).isFalse();
    assertThat(result.is("nonce_verified")).isTrue();
    assertThat(result.json().get("tcb_status").isNull()).isTrue();

    Result revoked =
        judged(machine(SimulatedPlatform.builder(Cli.NOW).platformStatus("Revoked"), IMAGE));
    assertThat(revoked.exit()).isZero();
    assertThat(revoked.is("valid")).isFalse();
    assertThat(revoked.json().get("tcb_status").stringValue()).isEqualTo("Revoked");
  }

  @Test
  void whereNobodyKnowsThereIsNoVerdict() throws IOException {
    byte[] quote = quote(machine());
    intel.fault("", new HttpFault.Status(503));
    requireError(run(request(quote, NONCE, APP_HASH)), 2, "not to be had");
    requireError(run(request(new byte[100], NONCE, APP_HASH)), 2, "does not parse");
    byte[] enclave = SimulatedPlatform.at(Cli.NOW).loadEnclave("vault").quote(new byte[64]);
    requireError(run(request(enclave, NONCE, APP_HASH)), 2, "enclave");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"quote_b64\":\"AAAA\",\"nonce_hex\":\"00\",\"app_hash_hex\":\"00\"}",
        "{\"quote_b64\":\"*\",\"nonce_hex\":\"N\",\"app_hash_hex\":\"N\"}",
        "{\"quote_hex\":\"0\",\"nonce_hex\":\"N\",\"app_hash_hex\":\"N\"}",
        "{\"quote_hex\":\"00\",\"quote_b64\":\"AAAA\",\"nonce_hex\":\"N\",\"app_hash_hex\":\"N\"}",
        "{\"quote_hex\":\"00\",\"nonce_hex\":\"N\"}",
        "{\"quote_hex\":1,\"nonce_hex\":\"N\",\"app_hash_hex\":\"N\"}",
        "{\"quote_hex\":\"00\",\"nonce_hex\":\"N\",\"nonce_hex\":\"N\",\"app_hash_hex\":\"N\"}"
      })
  void inputThatCannotBeUsedIsSaidToBeThat(String input) throws IOException {
    Result result = run(input.replace("N", NONCE));
    requireError(result, 1, "");
  }

  private static void requireError(Result result, int exit, String part) {
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.json().propertyNames()).containsExactly("error");
    assertThat(result.json().get("error").stringValue()).contains(part);
  }
}
