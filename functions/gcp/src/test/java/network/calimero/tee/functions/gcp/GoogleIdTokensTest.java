package network.calimero.tee.functions.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.ita.SimulatedToken;
import network.calimero.tee.simulator.ita.TokenKey;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Identity tokens as Google makes them, by an issuer of the test's own behind a real socket. */
class GoogleIdTokensTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final String ISSUER = "https://accounts.example";
  private static final String AUDIENCE = "https://admission.example";
  private static final TokenKey KEY = TokenKey.known("k-1").publishedFor("RS256");
  private static final TokenKey OTHER = TokenKey.named("k-2").publishedFor("RS256");

  private static TrustAuthorityServer server;
  private static OutboundHttp http;

  private final List<LogEvent> events = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = TrustAuthorityServer.start(InstantSource.fixed(NOW)).keys(KEY);
    http = new OutboundHttp("test", _ -> List.of(), SSLContext.getDefault(), System::nanoTime);
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private GoogleIdTokens tokens(String keysPath) throws Exception {
    OutboundUrl keys = OutboundUrl.parse(server.baseUri() + keysPath);
    return GoogleIdTokens.simulated(ISSUER, keys, AUDIENCE, http, events::add);
  }

  private static SimulatedToken good() {
    return SimulatedToken.of(
            JsonMapper.shared()
                .createObjectNode()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("sub", "1000")
                .put("email", "mdma@p.iam.gserviceaccount.com")
                .put("email_verified", true)
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.plusSeconds(3600).getEpochSecond()),
            KEY)
        .header(header -> header.put("alg", "RS256"));
  }

  private static Headers bearing(String token) {
    return Headers.of(Map.of("Authorization", "Bearer " + token));
  }

  private String reason() {
    return events.stream().map(event -> "" + event.fields().get("reason")).toList().toString();
  }

  @Test
  void aCallerIsWhoGoogleSaysItIs() throws Exception {
    Optional<Caller> caller =
        tokens(TrustAuthorityServer.KEYS_PATH).find(bearing(good().text()), NOW);
    assertThat(caller)
        .contains(new Caller(Caller.Proof.GOOGLE_OIDC, "mdma@p.iam.gserviceaccount.com"));
    assertThat(events).isEmpty();
  }

  static Stream<Arguments> tokensThatProveNobody() {
    return Stream.of(
        refused("no algorithm", "alg", t -> t.header(h -> h.put("alg", "none"))),
        refused("a shared secret", "alg", t -> t.header(h -> h.put("alg", "HS256"))),
        refused("another algorithm of RSA", "alg PS256", t -> t.header(h -> h.put("alg", "PS256"))),
        refused("a longer hash", "alg RS512", t -> t.header(h -> h.put("alg", "RS512"))),
        refused("no key's name", "", t -> t.header(h -> h.remove("kid"))),
        refused("an unknown key", "k-9", t -> t.header(h -> h.put("kid", "k-9"))),
        refused("another key under that name", "", t -> t.signedBy(OTHER)),
        refused("another issuer", "accounts.evil", t -> claim(t, "iss", "https://accounts.evil")),
        refused("another audience", "", t -> claim(t, "aud", "https://other.example")),
        refused("no audience", "no audience", t -> t.claims(c -> c.remove("aud"))),
        refused("expired", "exp", t -> t.claims(c -> c.put("exp", NOW.getEpochSecond()))),
        refused("no end", "exp", t -> t.claims(c -> c.remove("exp"))),
        refused(
            "from the future",
            "",
            t -> t.claims(c -> c.put("iat", NOW.plusSeconds(120).getEpochSecond()))),
        refused("no address", "e-mail", t -> t.claims(c -> c.remove("email"))),
        refused(
            "an unverified address", "e-mail", t -> t.claims(c -> c.put("email_verified", false))),
        refused(
            "a signature that the front end took off",
            "front end",
            t ->
                t.spoiled(
                    s -> s.substring(0, s.lastIndexOf('.')) + ".SIGNATURE_REMOVED_BY_GOOGLE")),
        refused("no token at all", "", t -> t.spoiled(_ -> "hunter2")));
  }

  private static Arguments refused(
      String name, String reason, UnaryOperator<SimulatedToken> change) {
    return Arguments.of(name, reason, change.apply(good()).text());
  }

  private static SimulatedToken claim(SimulatedToken token, String name, String value) {
    return token.claims(claims -> claims.put(name, value));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokensThatProveNobody")
  void nobodyIsProvenBy(String name, String reason, String token) throws Exception {
    assertThat(tokens(TrustAuthorityServer.KEYS_PATH).find(bearing(token), NOW)).isEmpty();
    assertThat(events).hasSize(1);
    assertThat(reason()).contains(reason).doesNotContain(token);
  }

  @Test
  void withoutATokenNobodyIsProvenAndNothingIsAsked() throws Exception {
    GoogleIdTokens tokens = tokens("/nowhere");
    assertThat(tokens.find(Headers.none(), NOW)).isEmpty();
    assertThat(tokens.find(Headers.of(Map.of("Authorization", "Basic YTpi")), NOW)).isEmpty();
    assertThat(
            tokens.find(
                Headers.of(Map.of("X-Serverless-Authorization", "Bearer " + good().text())), NOW))
        .isEmpty();
    assertThat(events).isEmpty();
    assertThat(server.count("/nowhere")).isZero();
  }

  @Test
  void keysThatCannotBeHadProveNobody() throws Exception {
    assertThat(tokens("/nowhere").find(bearing(good().text()), NOW)).isEmpty();
    assertThat(reason()).contains("keys cannot be had");
  }

  /**
   * A stranger's token with a made-up key has the keys asked for; nobody else may suffer from it.
   */
  @Test
  void aStrangerWithAnUnknownKeyHoldsNobodyUpWhenKeysAreSlow() throws Exception {
    TrustAuthorityServer own = TrustAuthorityServer.start(InstantSource.fixed(NOW)).keys(KEY);
    OutboundUrl keys = OutboundUrl.parse(own.baseUri() + TrustAuthorityServer.KEYS_PATH);
    GoogleIdTokens tokens = GoogleIdTokens.simulated(ISSUER, keys, AUDIENCE, http, events::add);
    String madeUp = good().header(header -> header.put("kid", "k-9")).text();
    Instant later = NOW.plusSeconds(61);
    CompletableFuture<Optional<Caller>> stranger;
    try {
      assertThat(tokens.find(bearing(good().text()), NOW)).isPresent();
      own.fault(TrustAuthorityServer.KEYS_PATH, new HttpFault.Hang(), 1);
      stranger = CompletableFuture.supplyAsync(() -> tokens.find(bearing(madeUp), later));
      while (own.count(TrustAuthorityServer.KEYS_PATH) < 2) {
        Thread.onSpinWait();
      }
      assertThat(tokens.find(bearing(good().text()), later)).isPresent();
      assertThat(stranger).isNotDone();
    } finally {
      own.close(); // ends what hangs
    }
    assertThat(stranger.join()).isEmpty();
    assertThat(tokens.find(bearing(madeUp), later.plusSeconds(4))).isEmpty();
    assertThat(own.count(TrustAuthorityServer.KEYS_PATH)).isEqualTo(2);
  }

  @Test
  void keysAreKeptAndANewOneIsAskedForOnceAMinute() throws IOException, Exception {
    try (TrustAuthorityServer own =
        TrustAuthorityServer.start(InstantSource.fixed(NOW)).keys(KEY)) {
      GoogleIdTokens tokens =
          GoogleIdTokens.simulated(
              ISSUER,
              OutboundUrl.parse(own.baseUri() + TrustAuthorityServer.KEYS_PATH),
              AUDIENCE,
              http,
              events::add);
      String byNewKey =
          good().header(header -> header.put("kid", OTHER.id())).signedBy(OTHER).text();
      assertThat(tokens.find(bearing(good().text()), NOW)).isPresent();
      assertThat(tokens.find(bearing(good().text()), NOW)).isPresent();
      assertThat(own.count(TrustAuthorityServer.KEYS_PATH)).isEqualTo(1);

      own.keys(KEY, OTHER);
      assertThat(tokens.find(bearing(byNewKey), NOW.plusSeconds(59))).isEmpty();
      assertThat(own.count(TrustAuthorityServer.KEYS_PATH)).isEqualTo(1);
      assertThat(tokens.find(bearing(byNewKey), NOW.plus(Duration.ofMinutes(1)))).isPresent();
      assertThat(own.count(TrustAuthorityServer.KEYS_PATH)).isEqualTo(2);
    }
  }
}
