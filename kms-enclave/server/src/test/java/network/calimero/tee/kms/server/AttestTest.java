package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.simulator.dstack.AgentFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestTest {
  private static final String NONCE =
      Node.base64("n".repeat(32).getBytes(StandardCharsets.US_ASCII));
  private static final String BINDING = Node.base64(new byte[32]);

  private static Site site;

  @BeforeAll
  static void open() throws IOException {
    site = Site.withoutPolicy();
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
  }

  @AfterEach
  void behave() {
    site.agent.clearFaults();
  }

  private static String reportData(KmsHttp.Answer answer) throws QuoteFormatException {
    byte[] quote = Base64.getDecoder().decode(answer.text("quoteB64"));
    return Quote.parse(Bytes.of(quote)).body().reportData().hex();
  }

  @Test
  void quoteCarriesTheNonceAndTheProtocolsOwnBindingEvenWithoutAPolicy() throws Exception {
    KmsHttp.Answer answer = site.http.post("/attest", Map.of("nonceB64", NONCE));

    String expected = "6e".repeat(32) + Node.hex(Node.sha256("mero-kms-phala-attest-v1"));
    assertThat(answer.status()).as(answer.details()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly("quoteB64", "reportDataHex", "eventLog", "vmConfig");
    assertThat(answer.text("reportDataHex")).isEqualTo(expected);
    assertThat(reportData(answer)).isEqualTo(expected);
    assertThat(answer.json().get("eventLog").isArray()).isTrue();
    assertThat(answer.json().get("eventLog")).isNotEmpty();
    assertThat(answer.text("vmConfig")).isNotEmpty();
  }

  @Test
  void callerMayBindTheQuoteToSomethingElse() throws Exception {
    KmsHttp.Answer answer =
        site.http.post("/attest", Map.of("nonceB64", NONCE, "bindingB64", BINDING));

    assertThat(reportData(answer)).isEqualTo("6e".repeat(32) + "00".repeat(32));
  }

  @Test
  void absentBindingMayAlsoBeNull() throws Exception {
    KmsHttp.Answer answer =
        site.http.post("/attest", "{\"nonceB64\":\"" + NONCE + "\",\"bindingB64\":null}");

    assertThat(reportData(answer)).endsWith(Node.hex(Node.sha256("mero-kms-phala-attest-v1")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{}`, nonceB64 is missing",
        "`{\"nonceB64\":7}`, nonceB64 is not a text",
        "`{\"nonceB64\":\"\"}`, nonceB64: 0 bytes",
        "`{\"nonceB64\":\"AAAA\"}`, nonceB64: 3 bytes",
        "`{\"nonceB64\":\"$N$A\"}`, nonceB64",
        "`{\"nonceB64\":\"$U\"}`, nonceB64",
        "`{\"nonceB64\":\"$S\"}`, nonceB64",
        "`{\"nonceB64\":\"$N\",\"bindingB64\":\"AAAA\"}`, bindingB64: 3 bytes",
        "`{\"nonceB64\":\"$N\",\"bindingB64\":5}`, bindingB64 is not a text",
        "`{\"nonceB64\":\"$N\",\"eventLog\":\"yes\"}`, eventLog",
        "`{\"nonceB64\":\"$N\",\"transportKey\":\"yes\"}`, transportKey",
        "`{\"nonceB64\":\"$N\",\"eventLog\":\"yes\"}`, eventLog is neither true nor false",
      })
  void anythingElseIsAnInvalidAttestationRequest(String body, String details) {
    String unpadded = NONCE.replace("=", "");
    String strayBits = NONCE.substring(0, 42) + "5=";
    String sent = body.replace("$N", NONCE).replace("$U", unpadded).replace("$S", strayBits);
    KmsHttp.Answer answer = site.http.post("/attest", sent);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.outcome()).isEqualTo("invalid_attestation_request");
    assertThat(answer.details()).contains(details);
  }

  @Test
  void quoteOverOtherDataIsNotHandedOut() {
    site.agent.wrongReportData();

    KmsHttp.Answer answer = site.http.post("/attest", Map.of("nonceB64", NONCE));

    assertThat(answer.outcome()).isEqualTo("attestation_verification_failed");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().has("quoteB64")).isFalse();
    assertThat(answer.details()).contains("report_data");
  }

  @Test
  void whatIsNoQuoteIsNotHandedOut() {
    site.agent.mockQuotes();

    assertThat(site.http.post("/attest", Map.of("nonceB64", NONCE)).outcome())
        .isEqualTo("attestation_verification_failed");
  }

  @Test
  void whenThePlatformGivesNoQuoteTheReasonIsInTheLogOnly() {
    site.agent.fault("GetQuote", new AgentFault.Failure(500, "quoting enclave is gone"));

    KmsHttp.Answer answer = site.http.post("/attest", Map.of("nonceB64", NONCE));

    assertThat(answer.outcome()).isEqualTo("attestation_verification_failed");
    assertThat(answer.response().body()).doesNotContain("quoting enclave").doesNotContain("/");
    assertThat(site.log.events())
        .anySatisfy(event ->
            assertThat(new HashMap<>(event.fields()).getOrDefault("reason", ""))
                .asString()
                .contains("quoting enclave is gone"));
  }
}
