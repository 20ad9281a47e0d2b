package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that ask a replica for its root and are not the same as it, over real HTTP. */
class JoinRefusalTest {
  @TempDir private Path folder;
  private ReplicaSite.World world;
  private ReplicaSite replica;

  @BeforeEach
  void open() throws Exception {
    world = new ReplicaSite.World(folder);
    replica = world.first();
  }

  @AfterEach
  void close() {
    replica.close();
    world.close();
  }

  private static byte[] joinBinding(byte[] key) {
    byte[] domain = "mero-kms/cluster/join/v1".getBytes(StandardCharsets.US_ASCII);
    return Node.sha256(Node.concat(domain, key));
  }

  /** A request for the root, as a joiner on that machine makes it. */
  private Map<String, Object> request(SimulatedTdxMachine machine) {
    String nonce = replica.http.post("/cluster/nonce", "{}").text("nonceB64");
    try (X25519KeyPair pair = X25519KeyPair.generate(new SecureRandom())) {
      byte[] key = pair.publicKey().value().toArray();
      byte[] bound = joinBinding(key);
      byte[] quote = machine.quote(Node.concat(Base64.getDecoder().decode(nonce), bound));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("nonceB64", nonce);
      fields.put("joinerPublicB64", Node.base64(key));
      fields.put("quoteB64", Node.base64(quote));
      return fields;
    }
  }

  private void assertRefused(Map<String, Object> request, int status, String tag, String reason) {
    KmsHttp.Answer answer = replica.http.post("/cluster/join", request);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.outcome()).isEqualTo(tag);
    assertThat(answer.details()).startsWith(reason + ": ");
    assertThat(replica.health().text("lastJoinRefusal")).isEqualTo(answer.details());
  }

  @Test
  void theSameImageIsGivenASealedRoot() {
    KmsHttp.Answer answer =
        replica.http.post("/cluster/join", request(world.platform.launch(ReplicaSite.IMAGE)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly("quoteB64", "giverPublicB64", "sealNonceB64", "sealedRootB64");
    assertThat(Base64.getDecoder().decode(answer.text("sealedRootB64"))).hasSize(48);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 3})
  void anyOtherRegisterIsRefused(int register) {
    byte[] value = ReplicaSite.filled(0x5a);
    TdImage other =
        register < 0
            ? ReplicaSite.IMAGE.with(TdField.MR_TD, value)
            : ReplicaSite.IMAGE.withRtmr(register, value);

    assertRefused(
        request(world.platform.launch(other)),
        403,
        "measurement_policy_rejected",
        "measurement_differs");
    assertThat(replica.health().text("lastJoinRefusal"))
        .contains((register < 0 ? "MRTD" : "RTMR" + register) + " is 5a5a");
  }

  @Test
  void debugTdIsRefused() {
    assertRefused(
        request(world.platform.launch(ReplicaSite.IMAGE.debug())),
        401,
        "attestation_verification_failed",
        "debug_td");
  }

  @Test
  void platformOutOfDateIsRefused() {
    SimulatedPlatform old =
        SimulatedPlatform.builder(Site.NOW)
            .pki(world.platform.pki())
            .name("old")
            .fmspc("B0C06F000000")
            .platformStatus("OutOfDate")
            .build();
    world.pcs.serve(old.collateral());

    assertRefused(
        request(old.launch(ReplicaSite.IMAGE)),
        403,
        "tcb_status_rejected",
        "tcb_status_not_allowed");
  }

  @Test
  void joinThatIsPlayedBackIsRefused() {
    Map<String, Object> request = request(world.platform.launch(ReplicaSite.IMAGE));
    assertThat(replica.http.post("/cluster/join", request).status()).isEqualTo(200);

    assertRefused(request, 401, "invalid_challenge", "nonce_not_good");
  }

  @Test
  void joinThatComesTooLateIsRefused() {
    Map<String, Object> request = request(world.platform.launch(ReplicaSite.IMAGE));
    replica.clock.advance(Duration.ofSeconds(60));

    assertRefused(request, 401, "invalid_challenge", "nonce_not_good");
  }

  @Test
  void platformOfAnotherRootIsRefused() {
    assertRefused(
        request(SimulatedPlatform.at(Site.NOW).launch(ReplicaSite.IMAGE)),
        401,
        "attestation_verification_failed",
        "not_genuine");
  }

  @Test
  void platformWhoseCollateralCannotBeHadGetsNoVerdict() {
    SimulatedPlatform unknown =
        SimulatedPlatform.builder(Site.NOW)
            .pki(world.platform.pki())
            .name("unknown")
            .fmspc("C0806F000000")
            .build();

    assertRefused(
        request(unknown.launch(ReplicaSite.IMAGE)),
        401,
        "attestation_verification_failed",
        "no_verdict");
  }

  /**
   * Any replica's quote would do, for all have the same registers: none makes one for strangers,
   * not even where plain keys are given, too.
   */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void strangerGetsNoQuoteForAJoinOutOfAReplica(String sealingRequired) throws Exception {
    world.settings.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", sealingRequired);
    replica.close();
    replica = world.first();
    String nonce = replica.http.post("/cluster/nonce", "{}").text("nonceB64");
    String binding = Node.base64(joinBinding(new byte[32]));

    KmsHttp.Answer answer =
        replica.http.post("/attest", Map.of("nonceB64", nonce, "bindingB64", binding));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.outcome()).isEqualTo("invalid_attestation_request");
    assertThat(answer.details()).startsWith("bindingB64: ");
  }

  @Test
  void keyOfLowOrderIsRefused() {
    Map<String, Object> request = request(world.platform.launch(ReplicaSite.IMAGE));
    request.put("joinerPublicB64", Node.base64(new byte[32]));

    assertRefused(request, 400, "invalid_attestation_request", "malformed");
  }
}
