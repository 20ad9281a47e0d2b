package network.calimero.tee.functions.verify.ita;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies tokens of one issuer (RFC 7519, 7.2): form and algorithm, key, signature, issuer,
 * audience, times, in this order. Of what a token says of its own key (jku, jwk, x5c) nothing is
 * read. Pure: it fetches nothing and reads no clock.
 *
 * @param issuer exactly
 * @param audience whom tokens must be for, if they say; without one a token must not say
 * @param algorithms by which the issuer signs
 */
public record TokenVerifier(String issuer, Optional<String> audience, Set<Algorithm> algorithms) {
  /** How far the issuer's clock may be ahead. */
  private static final Duration CLOCKS = Duration.ofSeconds(60);

  private static final long MAX_SECONDS = 253_402_300_799L;

  /** Keeps a copy of the algorithms. */
  public TokenVerifier {
    algorithms = Set.copyOf(algorithms);
  }

  /** One of an issuer who signs by any of the algorithms. */
  public TokenVerifier(String issuer, Optional<String> audience) {
    this(issuer, audience, Set.of(Algorithm.values()));
  }

  /**
   * What a token says, once it is proven.
   *
   * @throws TokenRefusedException naming the first check that does not hold
   */
  public VerifiedToken verify(String text, KeySet keys, Instant now) throws TokenRefusedException {
    Token token = Token.parse(text);
    if (!algorithms.contains(token.algorithm())) {
      throw new TokenRefusedException(
          TokenFault.TOKEN_ALGORITHM_REFUSED, "alg " + token.algorithm());
    }
    if (!token
        .algorithm()
        .verifies(keys.find(token.keyId(), token.algorithm()), token.signed(), token.signature())) {
      throw new TokenRefusedException(TokenFault.TOKEN_SIGNATURE_INVALID, "");
    }
    ObjectNode claims = token.claims();
    requireIssuer(claims.get("iss"));
    requireAudience(claims.get("aud"));
    requireTimes(claims, now);
    return new VerifiedToken(claims);
  }

  private void requireIssuer(JsonNode claim) throws TokenRefusedException {
    if (claim == null || !claim.isString() || !claim.stringValue().equals(issuer)) {
      throw new TokenRefusedException(
          TokenFault.TOKEN_ISSUER_WRONG,
          claim != null && claim.isString() ? claim.stringValue() : "none");
    }
  }

  private void requireAudience(JsonNode claim) throws TokenRefusedException {
    if (claim == null) {
      return;
    }
    boolean named =
        claim.isArray() ? claim.valueStream().anyMatch(this::isAudience) : isAudience(claim);
    if (!named) {
      throw new TokenRefusedException(TokenFault.TOKEN_AUDIENCE_WRONG, "");
    }
  }

  private boolean isAudience(JsonNode name) {
    return name.isString() && audience.equals(Optional.of(name.stringValue()));
  }

  private static void requireTimes(ObjectNode claims, Instant now) throws TokenRefusedException {
    Instant end =
        time(claims, "exp")
            .orElseThrow(() -> new TokenRefusedException(TokenFault.TOKEN_TIMES_MISSING, "no exp"));
    if (!now.isBefore(end)) {
      throw new TokenRefusedException(TokenFault.TOKEN_EXPIRED, "exp " + end);
    }
    for (String start : new String[] {"nbf", "iat"}) {
      Optional<Instant> from = time(claims, start);
      if (from.isPresent() && now.plus(CLOCKS).isBefore(from.get())) {
        throw new TokenRefusedException(
            TokenFault.TOKEN_NOT_YET_VALID, "%s %s".formatted(start, from.get()));
      }
    }
  }

  private static Optional<Instant> time(ObjectNode claims, String name)
      throws TokenRefusedException {
    JsonNode value = claims.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > MAX_SECONDS) {
      throw new TokenRefusedException(
          TokenFault.TOKEN_TIMES_MISSING, name + " is no number of seconds");
    }
    return Optional.of(Instant.ofEpochSecond(value.longValue()));
  }
}
