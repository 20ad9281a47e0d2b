package network.calimero.tee.functions.verify.ita;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.simulator.ita.SimulatedToken;
import network.calimero.tee.simulator.ita.TokenKey;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an issuer of tokens says, and whoever pretends to be one. */
public final class TokenReader {
  private static final String ISSUER = "https://issuer.example";
  private static final TokenVerifier VERIFIER = new TokenVerifier(ISSUER, Optional.of("us"));
  private static final int MAX_SIZE = 64 << 10;

  private static final TokenKey KEY = TokenKey.known("fuzzing");
  private static final String KEYS = "{\"keys\":[%s]}".formatted(KEY.jwk());

  private TokenReader() {}

  /** What is read when nothing is wrong. */
  public static List<Bytes> seeds() {
    return List.of(Genuine.utf8(KEYS), Genuine.utf8(token()));
  }

  /** Of that key, for a minute from {@link Genuine#NOW}. */
  private static String token() {
    ObjectNode claims = JsonMapper.shared().createObjectNode();
    claims.put("iss", ISSUER).put("aud", "us").put("attester_tcb_status", "UpToDate");
    long now = Genuine.NOW.getEpochSecond();
    return SimulatedToken.of(claims.put("iat", now).put("exp", now + 60), KEY).text();
  }

  /** A set of keys. */
  public static void keys(Bytes bytes) throws MalformedException {
    KeySet.parse(bytes);
  }

  /** A token. */
  public static void token(Bytes bytes) throws TokenRefusedException {
    String text = Genuine.text(bytes);
    VERIFIER.verify(text, Lazily.KEYS, Genuine.NOW);
    if (Token.unproven(text).isEmpty()) {
      throw new AssertionError("proven, and claims nothing");
    }
  }

  /** What a token claims that was proven; it may claim anything. */
  public static void claims(Bytes bytes, TdReport report)
      throws MalformedException, TokenRefusedException {
    VerifiedToken token = new VerifiedToken(JsonFields.parse(bytes, MAX_SIZE).tree().asObject());
    Target.requirePlain(token.statusText());
    token.status();
    token.requireAbout(report);
  }

  private static final class Lazily {
    static final KeySet KEYS = read();

    private static KeySet read() {
      try {
        return KeySet.parse(Genuine.utf8(TokenReader.KEYS));
      } catch (MalformedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
