package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import network.calimero.tee.cli.Console;
import network.calimero.tee.cli.MeroTee;
import network.calimero.tee.simulator.pcs.PcsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line against the real KMS: what a "no" of that one is, and what is none. */
class CliAgainstKmsTest {
  @TempDir Path folder;

  /** What a command printed with {@code --json}, and its exit code. */
  private record Result(int exit, JsonNode json) {
    String code() {
      return json.at("/failure/code").asString("");
    }
  }

  private static Result run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            Console.writer(out),
            Console.writer(new ByteArrayOutputStream()),
            InstantSource.system());
    List<String> all = new ArrayList<>(Arrays.stream(args).map(String::valueOf).toList());
    all.add("--json");
    int exit = MeroTee.run(console, all.toArray(String[]::new));
    return new Result(exit, JsonMapper.shared().readTree(out.toString(UTF_8)));
  }

  private static Result attest(SimulatedSite site, Object url, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of("kms", "attest", url, "--pccs", site.pcsUrl(), "--root", site.root()));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  private Result getKey(SimulatedSite site, Object url) {
    return run(
        "kms",
        "get-key",
        url,
        "--pccs",
        site.pcsUrl(),
        "--root",
        site.root(),
        "--dstack",
        site.nodeSocket(),
        "--identity",
        folder.resolve("node.key"),
        "--create-identity",
        "--any-program");
  }

  private KmsChild kms(SimulatedSite site, Map<String, String> environment) throws IOException {
    return KmsChild.start(
        KmsChild.simulated(site.root(), KmsChild.FIRST_COMPILER),
        environment,
        folder.resolve("kms.log"));
  }

  /** The key's text as written, read back; the relay must not have it where keys are sealed. */
  private String keyThroughRelay(SimulatedSite site, Relay relay, String name, String... more)
      throws IOException {
    Path out = folder.resolve(name);
    List<Object> args =
        new ArrayList<>(
            List.of("kms", "get-key", relay.url(), "--pccs", site.pcsUrl(), "--root", site.root()));
    args.addAll(List.of("--dstack", site.nodeSocket(), "--create-identity", "--any-program"));
    args.addAll(List.of("--identity", folder.resolve("node.key"), "--out", out));
    args.addAll(List.of(more));
    assertThat(run(args.toArray()).exit()).isZero();
    return Files.readString(out).strip();
  }

  @Test
  void aRelayInBetweenLearnsNothingOfASealedKey() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now());
        KmsChild kms = kms(site, site.kmsEnvironment());
        Relay relay = Relay.start(kms.awaitHealth())) {
      String sealed = keyThroughRelay(site, relay, "sealed");
      String seen = relay.seen();
      String plain = keyThroughRelay(site, relay, "plain", "--plain");

      assertThat(plain).isEqualTo(sealed).hasSizeGreaterThanOrEqualTo(64);
      assertThat(seen).contains("sealedKeyB64").doesNotContain(sealed.substring(0, 16));
      assertThat(relay.seen()).contains("{\"key\":\"" + plain + "\"}");
    }
  }

  @Test
  void theComposeHashIsJudgedByTheEventLog() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now());
        KmsChild kms = kms(site, site.kmsEnvironment())) {
      URI url = kms.awaitHealth();
      JsonNode unjudged = app(attest(site, url));
      String hash = unjudged.path("detail").asString("");
      Result right = attest(site, url, "--expect-compose-hash", hash);
      Result wrong = attest(site, url, "--expect-compose-hash", "00".repeat(32));

      assertThat(unjudged.path("outcome").asString("")).isEqualTo("not_judged");
      assertThat(hash).matches("[0-9a-f]{64}");
      assertThat(right.exit()).isZero();
      assertThat(app(right).path("outcome").asString("")).isEqualTo("passed");
      assertThat(wrong.exit()).isEqualTo(3);
      assertThat(wrong.json().at("/failure/message").asString("")).contains("compose hash", hash);
    }
  }

  private static JsonNode app(Result result) {
    return result
        .json()
        .path("checks")
        .valueStream()
        .filter(check -> check.path("name").asString("").equals("app"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNodeOutsideThePolicyIsRefused() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("ALLOWED_MRTD", "00".repeat(48));
      try (KmsChild kms = kms(site, environment)) {
        URI url = kms.awaitHealth();

        Result refused = getKey(site, url);
        Result elsewhere = attest(site, url + "/elsewhere");

        assertThat(refused.code()).isEqualTo("measurement_policy_rejected");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(elsewhere.code()).isEqualTo("invalid_request");
        assertThat(elsewhere.exit()).isEqualTo(4);
      }
    }
  }

  @Test
  void aKmsWithoutCollateralHasNotJudgedTheNode() throws Exception {
    URI gone;
    try (PcsServer pcs = PcsServer.start()) {
      gone = pcs.baseUri();
    }
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("PCS_URLS", gone.toString());
      try (KmsChild kms = kms(site, environment)) {
        URI url = kms.awaitHealth();

        Result genuine = attest(site, url);
        Result unjudged = getKey(site, url);

        assertThat(genuine.exit()).isZero();
        assertThat(unjudged.code()).isEqualTo("attestation_verification_failed");
        assertThat(unjudged.json().at("/failure/message").stringValue())
            .contains("collateral_unavailable");
        assertThat(unjudged.exit()).isEqualTo(4);
      }
    }
  }
}
