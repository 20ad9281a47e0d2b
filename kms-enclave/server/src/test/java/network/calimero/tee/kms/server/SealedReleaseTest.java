package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.server.Node.Challenge;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.UnsealException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.dstack.AgentFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedReleaseTest {
  private static final String NONCE = Node.base64(new byte[32]);
  private static final Map<String, Object> ATTEST_WITH_KEY =
      Map.of("nonceB64", NONCE, "transportKey", true);

  private static Site site;

  private final X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom());

  @BeforeAll
  static void open() throws IOException {
    site = Site.open(Map.of("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true"));
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
  }

  private static X25519PublicKey transportKey(KmsHttp.Answer answer) {
    return new X25519PublicKey(bytes(answer, "transportPublicKeyB64"));
  }

  private static Bytes bytes(KmsHttp.Answer answer, String field) {
    return Bytes.of(Base64.getDecoder().decode(answer.text(field)));
  }

  private String open(KmsHttp.Answer answer, Node node, Challenge challenge)
      throws UnsealException {
    X25519PublicKey transport = transportKey(site.http.post("/attest", ATTEST_WITH_KEY));
    Sealed sealed = new Sealed(bytes(answer, "sealedKeyB64"), bytes(answer, "sealNonceB64"));
    try (SecretBytes key =
        SealedRelease.open(
            sealed, oneTime, transport, challenge.nonceBytes(), node.identity.peerId())) {
      return key.use(secret -> HexFormat.of().formatHex(secret));
    }
  }

  @Test
  void nodeOpensTheKeyAtItsOwnPath() throws Exception {
    Node node = site.node();
    Challenge challenge = node.challenge();

    KmsHttp.Answer answer =
        site.http.post("/get-key", node.sealedRequest(challenge, oneTime.publicKey()));

    assertThat(answer.outcome()).as(answer.details()).isEqualTo("ok");
    assertThat(answer.json().propertyNames()).containsExactly("sealedKeyB64", "sealNonceB64");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(open(answer, node, challenge))
        .isEqualTo(site.keyAt("merod/storage/locked-read-only/" + node.peerId()));
  }

  @Test
  void whoAsksForSealingGetsNoPlainKeyWherePlainOnesAreAllowedEither() throws Exception {
    try (Site plain = Site.open()) {
      Node node = plain.node();

      KmsHttp.Answer answer =
          plain.http.post("/get-key", node.sealedRequest(node.challenge(), oneTime.publicKey()));

      assertThat(answer.json().propertyNames()).containsExactly("sealedKeyB64", "sealNonceB64");
    }
  }

  @Test
  void quoteIsBoundToTheOneTimeKeySoThatNobodyPutsHisOwnInItsPlace() {
    Node node = site.node();
    Map<String, Object> request = node.sealedRequest(node.challenge(), oneTime.publicKey());
    X25519KeyPair attacker = X25519KeyPair.generate(new SecureRandom());
    request.put("sealToB64", Node.base64(attacker.publicKey().value().toArray()));

    KmsHttp.Answer answer = site.http.post("/get-key", request);

    assertThat(answer.outcome()).isEqualTo("peer_id_mismatch");
    assertThat(answer.details()).contains("sealToB64");
  }

  @Test
  void quoteForAPlainKeyIsNoneForASealedOneNorTheOtherWayRound() throws Exception {
    try (Site plain = Site.open()) {
      Node node = plain.node();
      Map<String, Object> added = new HashMap<>(node.request(node.challenge()));
      added.put("sealToB64", Node.base64(oneTime.publicKey().value().toArray()));
      Map<String, Object> removed = node.sealedRequest(node.challenge(), oneTime.publicKey());
      removed.remove("sealToB64");

      assertThat(plain.http.post("/get-key", added).outcome()).isEqualTo("peer_id_mismatch");
      assertThat(plain.http.post("/get-key", removed).outcome()).isEqualTo("peer_id_mismatch");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0 bytes",
    "AAA, multiple of 4",
    "AAAA, 3 bytes",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, zero",
    "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, zero",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, at most 32",
    "-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, base64",
    "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=, stray bits"
  })
  void whatIsNoKeyToSealToIsAnInvalidAttestationRequest(String sealTo, String details) {
    Node node = site.node();
    Challenge challenge = node.challenge();
    Map<String, Object> request = node.sealedRequest(challenge, oneTime.publicKey());
    request.put("sealToB64", sealTo);

    KmsHttp.Answer answer = site.http.post("/get-key", request);

    assertThat(answer.outcome()).isEqualTo("invalid_attestation_request");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.details()).startsWith("sealToB64: ").contains(details);
    assertThat(
            site.http
                .post("/get-key", node.sealedRequest(challenge, oneTime.publicKey()))
                .outcome())
        .as("the challenge was not spent")
        .isEqualTo("ok");
  }

  @Test
  void attestNamesTheTransportKeyAndBindsIt() throws Exception {
    KmsHttp.Answer answer = site.http.post("/attest", ATTEST_WITH_KEY);

    Bytes binding = Bytes.of(Node.sha256("mero-kms-phala-attest-v1"));
    Bytes bound = Bindings.attestTransportKey(binding, transportKey(answer));
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "quoteB64", "reportDataHex", "eventLog", "vmConfig", "transportPublicKeyB64");
    assertThat(answer.text("reportDataHex")).isEqualTo("00".repeat(32) + bound.hex());
    assertThat(Quote.parse(bytes(answer, "quoteB64")).body().reportData().secondHalf())
        .isEqualTo(bound);
  }

  @Test
  void callersBindingGoesIntoTheOneOfTheTransportKey() {
    KmsHttp.Answer answer =
        site.http.post(
            "/attest",
            Map.of(
                "nonceB64", NONCE, "transportKey", true, "bindingB64", Node.base64(new byte[32])));

    Bytes bound = Bindings.attestTransportKey(Bytes.of(new byte[32]), transportKey(answer));
    assertThat(answer.text("reportDataHex")).endsWith(bound.hex());
  }

  /** Or a relay could name its own, and nodes would take keys of its choice for the KMS's. */
  @Test
  void nobodyGetsAQuoteThatVouchesForAnotherTransportKey() {
    Bytes own = Bytes.of(Node.sha256("mero-kms-phala-attest-v1"));
    Bytes forged = Bindings.attestTransportKey(own, oneTime.publicKey());

    KmsHttp.Answer answer = site.http.post("/attest", boundTo(forged));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.outcome()).isEqualTo("invalid_attestation_request");
    assertThat(answer.details()).startsWith("bindingB64: ").contains("transportKey: true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mero-kms-phala-attest-v1", "mero-kms-attest-v1"})
  void protocolsOwnBindingsMayBeNamed(String text) {
    Bytes own = Bytes.of(Node.sha256(text));

    KmsHttp.Answer answer = site.http.post("/attest", boundTo(own));

    assertThat(answer.text("reportDataHex")).isEqualTo("00".repeat(32) + own.hex());
  }

  private static Map<String, Object> boundTo(Bytes binding) {
    return Map.of("nonceB64", NONCE, "bindingB64", Node.base64(binding.toArray()));
  }

  @Test
  void transportKeyIsTheOneThatThePlatformDerivesForThisApp() {
    byte[] derived = HexFormat.of().parseHex(site.keyAt("mero-kms/transport/x25519/v1"));
    try (X25519KeyPair expected = new X25519KeyPair(SecretBytes.moveFrom(derived))) {
      assertThat(transportKey(site.http.post("/attest", ATTEST_WITH_KEY)))
          .isEqualTo(expected.publicKey());
    }
  }

  @Test
  void ccelIsAskedForInVainWhereThePlatformHasNone() {
    KmsHttp.Answer answer = site.http.post("/attest", Map.of("nonceB64", NONCE, "eventLog", true));

    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.json().has("eventLogB64")).isFalse();
  }

  @Test
  void withoutATransportKeyNothingIsReleasedAndItIsAskedForAgain() throws Exception {
    try (Site other = Site.open(Map.of(), HttpLimits.DEFAULT)) {
      other.agent.fault("GetKey", new AgentFault.Failure(500, "no key today"));
      Node node = other.node();
      KmsHttp.Answer attest = other.http.post("/attest", ATTEST_WITH_KEY);
      KmsHttp.Answer getKey =
          other.http.post("/get-key", node.sealedRequest(node.challenge(), oneTime.publicKey()));
      other.agent.clearFaults();
      KmsHttp.Answer later =
          other.http.post("/get-key", node.sealedRequest(node.challenge(), oneTime.publicKey()));

      assertThat(attest.outcome()).isEqualTo("key_derivation_failed");
      assertThat(attest.status()).isEqualTo(500);
      assertThat(getKey.outcome()).isEqualTo("key_derivation_failed");
      assertThat(getKey.response().body()).doesNotContain("no key today");
      assertThat(later.outcome()).isEqualTo("ok");
    }
  }
}
