package network.calimero.tee.functions.verify.ita;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.verify.ita.AuthorityFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.ita.SimulatedToken;
import network.calimero.tee.simulator.ita.TokenKey;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TokenCasesTest {
  private static final TokenKey STRANGER = TokenKey.named("stranger");
  private static final Quote QUOTE = AuthorityFixture.quote("a nonce");

  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private AuthorityFixture fixture;
  private TokenKey key;

  @BeforeEach
  void start() throws Exception {
    fixture = new AuthorityFixture();
    key = fixture.server.key();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void tokensMeetWhatTheTableSays() throws Exception {
    try (LoopbackServer trap = LoopbackServer.start(0, call -> HttpAnswer.empty(404))) {
      algorithms();
      keys(trap.baseUri());
      forms();
      issuers();
      times();
      measurements();
      CaseTable table =
          CaseTable.read(
              Path.of(System.getProperty("mero.root")), "Tokens of Intel Trust Authority");

      assertThat(table.differences(attempts)).isEmpty();
      assertThat(trap.requests()).isEmpty();
    }
  }

  private void algorithms() {
    token("a proper token", token -> token);
    algorithm("signed with RS256 by a key for PS384", "RS256");
    attempts.put("signed with RS256 by a key for it", () -> signedWith("RS256"));
    attempts.put("signed with PS512 by a key for it", () -> signedWith("PS512"));
    algorithm("algorithm none, no signature", "none");
    token(
        "algorithm none, the signature of another token",
        token -> token.header(h -> h.put("alg", "none")).spoiled(t -> t + "c2lnbmVk"));
    algorithm("HS256 with the public key as its secret", "HS256");
    algorithm("HS384 with the public key as its secret", "HS384");
    algorithm("an algorithm of elliptic curves", "ES256");
    algorithm("an algorithm in lower case", "ps384");
    header("no algorithm", header -> header.remove("alg"));
  }

  private void keys(URI trap) {
    header("no key named", header -> header.remove("kid"));
    header("a key named by a number", header -> header.put("kid", 1234));
    header("a key that the authority does not have", header -> header.put("kid", "other"));
    token("another key under the right name", token -> token.signedBy(STRANGER));
    token(
        "another key that the token brings along",
        token -> token.signedBy(STRANGER).header(h -> h.set("jwk", STRANGER.jwk())));
    token(
        "another key that the token says where to fetch",
        token -> token.signedBy(STRANGER).header(h -> h.put("jku", trap + "/certs")));
    attempts.put(
        "two keys of one name",
        () -> tried(fixture.asker(), token -> token, key, STRANGER.renamed(key.id())));
  }

  private void forms() {
    header("an extension that must be understood", header -> header.putArray("crit").add("b64"));
    header("a payload that is not encoded", header -> header.put("b64", false));
    spoiled("claims changed after signing", TokenCasesTest::withoutIssuer);
    spoiled("the signature cut", TokenCasesTest::cut);
    spoiled("no signature", token -> token.substring(0, token.lastIndexOf('.') + 1));
    spoiled("two parts", token -> token.substring(0, token.lastIndexOf('.')));
    spoiled("five parts, encrypted", token -> token + ".a.b");
    spoiled("padding at its end", token -> token + "=");
    spoiled("white space at its end", token -> token + "\n");
    spoiled("a claim twice", token -> changed(token, "{", "{\"iss\":\"x\","));
    spoiled("claims that are a list", token -> payload(token, "[]"));
    spoiled("more than 64 KiB", token -> token + "A".repeat(64 * 1024));
  }

  private void issuers() {
    claims("another issuer", claims -> claims.put("iss", "https://portal.evil.example"));
    claims(
        "the issuer and a slash", claims -> claims.put("iss", TrustAuthorityServer.ISSUER + "/"));
    claims("no issuer", claims -> claims.remove("iss"));
    claims("an audience, and none is known here", claims -> claims.put("aud", "https://a.example"));
    claims("an empty audience", claims -> claims.putArray("aud").add(""));
    attempts.put(
        "the audience that is known here, among others",
        () -> forAudience(claims -> claims.putArray("aud").add("other").add("verifier")));
    attempts.put(
        "another audience than the known one",
        () -> forAudience(claims -> claims.put("aud", "other")));
  }

  private void times() {
    claims("expired a second ago", claims -> at(claims, "exp", Duration.ofSeconds(-1)));
    claims("expires now", claims -> at(claims, "exp", Duration.ZERO));
    claims("no expiry", claims -> claims.remove("exp"));
    claims("an expiry in words", claims -> claims.put("exp", "never"));
    claims("valid in two minutes", claims -> at(claims, "nbf", Duration.ofMinutes(2)));
    claims("made in two minutes", claims -> at(claims, "iat", Duration.ofMinutes(2)));
    claims("made in ten seconds, by another clock", c -> at(c, "iat", Duration.ofSeconds(10)));
  }

  private void measurements() {
    tdx("another MRTD", tdx -> tdx.put("tdx_mrtd", "00".repeat(48)));
    tdx("no RTMR3", tdx -> tdx.remove("tdx_rtmr3"));
    tdx("RTMR0 that is no text", tdx -> tdx.put("tdx_rtmr0", 0));
    tdx("other report data", tdx -> tdx.put("tdx_report_data", "00".repeat(64)));
    claims("claims at the top, as in the first version", TokenCasesTest::flatten);
    claims(
        "the right MRTD below, another at the top",
        claims -> claims.put("tdx_mrtd", "00".repeat(48)));
  }

  private static void flatten(ObjectNode claims) {
    ObjectNode tdx = claims.remove("tdx").asObject();
    tdx.properties().forEach(field -> claims.set(field.getKey(), field.getValue()));
  }

  private static void at(ObjectNode claims, String name, Duration fromNow) {
    claims.put(name, NOW.plus(fromNow).getEpochSecond());
  }

  /** To a length that no base64 has. */
  private static String cut(String token) {
    int start = token.lastIndexOf('.') + 1;
    return token.substring(0, start + (token.length() - start) / 4 * 4 - 7);
  }

  private static String withoutIssuer(String token) {
    return changed(token, "portal.trustauthority.example", "portal.trustauthority.evil000");
  }

  private static String changed(String token, String from, String to) {
    String json = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    int at = json.indexOf(from);
    return payload(token, json.substring(0, at) + to + json.substring(at + from.length()));
  }

  private static String payload(String token, String json) {
    String[] parts = token.split("\\.", -1);
    String other = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    return parts[0] + "." + other + "." + parts[2];
  }

  private void algorithm(String name, String algorithm) {
    header(name, header -> header.put("alg", algorithm));
  }

  private void header(String name, Consumer<ObjectNode> change) {
    token(name, token -> token.header(change));
  }

  private void claims(String name, Consumer<ObjectNode> change) {
    token(name, token -> token.claims(change));
  }

  private void tdx(String name, Consumer<ObjectNode> change) {
    claims(name, claims -> change.accept(claims.get("tdx").asObject()));
  }

  private void spoiled(String name, UnaryOperator<String> change) {
    token(name, token -> token.spoiled(change));
  }

  private void token(String name, UnaryOperator<SimulatedToken> change) {
    attempts.put(name, () -> tried(fixture.asker(), change, key));
  }

  private String signedWith(String algorithm) throws Exception {
    return tried(
        fixture.asker(),
        token -> token.header(header -> header.put("alg", algorithm)),
        key.publishedFor(algorithm));
  }

  private String forAudience(Consumer<ObjectNode> change) throws Exception {
    return tried(fixture.askerFor("verifier"), token -> token.claims(change), key);
  }

  private String tried(
      TrustAuthority asker, UnaryOperator<SimulatedToken> change, TokenKey... published)
      throws Exception {
    fixture.server.tokens(change).keys(published);
    long before = fixture.server.count(TrustAuthorityServer.APPRAISAL_PATH);
    String code = AuthorityFixture.code(AuthorityFixture.ask(asker, QUOTE, NOW));
    assertThat(fixture.server.count(TrustAuthorityServer.APPRAISAL_PATH)).isEqualTo(before + 1);
    return code;
  }
}
