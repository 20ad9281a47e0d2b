package network.calimero.tee.functions.gcp;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.app.GoogleSettings;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.MisconfiguredException;
import network.calimero.tee.functions.app.Startup;
import network.calimero.tee.functions.outbound.Limits;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Algorithm;
import network.calimero.tee.functions.verify.ita.KeySet;
import network.calimero.tee.functions.verify.ita.KeySetCache;
import network.calimero.tee.functions.verify.ita.TokenRefusedException;
import network.calimero.tee.functions.verify.ita.TokenVerifier;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Callers by identity tokens of Google in {@code Authorization: Bearer}, verified here: signature,
 * issuer, audience, times, and that Google has verified the e-mail address. Any account of Google's
 * can have a token for any audience, so that whom the address belongs to is the function's to
 * judge.
 *
 * <p>Cloud Run's front end, where it asks for a token itself, takes the signature off the one that
 * it checked. Nothing shows that it did and not somebody else, so such a token proves nothing:
 * callers send it in {@code X-Serverless-Authorization} for the front end, and again in {@code
 * Authorization} for the function.
 */
public final class GoogleIdTokens implements CallerProof {
  private static final String ISSUER = "https://accounts.google.com";
  private static final String KEYS = "https://www.googleapis.com/oauth2/v3/certs";
  private static final String SCHEME = "Bearer ";
  private static final String REMOVED = ".SIGNATURE_REMOVED_BY_GOOGLE";
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(3), Duration.ofSeconds(5), KeySet.MAX_SIZE);

  private final TokenVerifier tokens;
  private final KeySetCache keys;
  private final EventLog log;

  private GoogleIdTokens(
      String issuer, OutboundUrl keysUrl, String audience, OutboundHttp http, EventLog log) {
    this.tokens = new TokenVerifier(issuer, Optional.of(audience), Set.of(Algorithm.RS256));
    this.keys = new KeySetCache(http, keysUrl);
    this.log = log;
  }

  /** Google's tokens for that audience. */
  public static GoogleIdTokens google(String audience, OutboundHttp http, EventLog log) {
    try {
      return new GoogleIdTokens(ISSUER, OutboundUrl.parse(KEYS), audience, http, log);
    } catch (OutboundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Google's tokens for the audience that is set; without one nobody is proven. */
  static CallerProof configured(Startup startup) {
    Host host = startup.host();
    return audience(startup)
        .<CallerProof>map(audience ->
            google(
                audience, OutboundHttp.publicWeb("mero-tee-callers", host.nanoTime()), host.log()))
        .orElse(CallerProof.NONE);
  }

  private static Optional<String> audience(Startup startup) {
    try {
      return startup.settings(List.of(GoogleSettings.AUDIENCE)).find(GoogleSettings.AUDIENCE);
    } catch (MisconfiguredException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another issuer's, for tests; never from configuration. */
  static GoogleIdTokens simulated(
      String issuer, OutboundUrl keysUrl, String audience, OutboundHttp http, EventLog log) {
    return new GoogleIdTokens(issuer, keysUrl, audience, http, log);
  }

  @Override
  public Optional<Caller> find(Headers headers, Instant now) {
    Optional<String> sent = headers.find("Authorization").filter(GoogleIdTokens::isBearer);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(caller(sent.get().substring(SCHEME.length()).strip(), now));
    } catch (UnprovenException e) {
      log.tell(
          LogEvent.of(Level.WARNING, "caller.unproven")
              .with("reason", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static boolean isBearer(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  private Caller caller(String token, Instant now) throws UnprovenException {
    if (token.endsWith(REMOVED)) {
      throw new UnprovenException(
          "the front end took the token's signature off; send it in X-Serverless-Authorization, and"
              + " in Authorization again");
    }
    ObjectNode claims = verified(token, now);
    JsonNode email = claims.path("email");
    if (!claims.has("aud")) {
      throw new UnprovenException("the token is for no audience");
    }
    if (!email.isString() || !claims.path("email_verified").asBoolean(false)) {
      throw new UnprovenException("the token has no verified e-mail address");
    }
    return new Caller(Caller.Proof.GOOGLE_OIDC, email.stringValue());
  }

  private ObjectNode verified(String token, Instant now) throws UnprovenException {
    try {
      return keys.verify(tokens, token, now, LIMITS).claims();
    } catch (TokenRefusedException e) {
      throw new UnprovenException(e.reason());
    } catch (OutboundException e) {
      throw new UnprovenException("the issuer's keys cannot be had: " + e.found());
    }
  }

  /** Why a request proves nobody. */
  private static final class UnprovenException extends Exception {
    private static final long serialVersionUID = 1L;

    UnprovenException(String reason) {
      super(reason);
    }
  }
}
