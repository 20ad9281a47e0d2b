package network.calimero.tee.functions.verify.ita;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.quote.TdReport;

/** What an issuer of tokens says, and whoever pretends to be one. */
public final class TokenReader {
  private static final String ISSUER = "https://issuer.example";
  private static final TokenVerifier VERIFIER = new TokenVerifier(ISSUER, Optional.of("us"));
  private static final int MAX_SIZE = 64 << 10;

  /** Made once: a key takes longer to make than any reader to start. */
  private static final String KEYS =
      "{\"keys\":[{\"alg\":\"PS384\",\"e\":\"AQAB\",\"kid\":\"fuzzing\",\"kty\":\"RSA\",\"n\":\""
          + "xW4DKez9qzSeh930bBRhJoXOQNlf3qmV8Ugy5NjvUujAdbrp7agPBR58yGgPAYnD27rz7a2wToCbd5"
          + "Dc-e1n-NRZcujAXPXPc7xw1aPeWFX7-PF8tBMoooYSvzortz-JwRtprG92_THGvv4K9IrXeXQZpOH5"
          + "AT5wo3UxsOZGYSH5fyaF8OavnXgc512Iy1VwTslKbY1oEZ8nGikbf8CSSAr7rK9nOSqHGCYQu-3FAP"
          + "k0e1117cPPf8SXTdoC2e39EhTsA75ZILteZfdrZ_MccjlhWejF_tSat3wT9-qEDeDanKELHFubz1AM"
          + "bZp7Mw0v3VO9pG6DfuuFejBcKkXmEw"
          + "\"}]}";

  /** Of that key, for a minute from {@link Genuine#NOW}. */
  private static final String TOKEN =
      "eyJhbGciOiJQUzM4NCIsImtpZCI6ImZ1enppbmciLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczo"
          + "vL2lzc3Vlci5leGFtcGxlIiwiYXVkIjoidXMiLCJhdHRlc3Rlcl90Y2Jfc3RhdHVzIjoiVXBUb0Rhd"
          + "GUiLCJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjQ2MH0.QkqWZ9WLbwZA8dS6EeXRLyfRN7k"
          + "h5sg2wXCv_wozGY3P--gBt9VotvWn8_G4426Qtp4et3tPlTmR3t-2ghskW1M_aO8rL_BmD3lhs-Owa"
          + "ClILgKAL72GO5bSYsnNp4ysdvnatN740JCNsuA-uJE_E1N78r2x0RJhEr_U5IhDQ6s8TYGDtE_kGOe"
          + "w4jSI5xYR8kQZXRajHFAwbs8e_IWlXkHHUI82AeafSq6hBK-eGnDqV8Rn0LTcF_Y_vx7yoj6yrIixT"
          + "ji-DCsqIZBCIZYwUzpGvCU6j4XtHVYtyRL-PTgRveyEt9OBJyhz2-szuQfXBcY4sagu7h9x6t_dYPr"
          + "PXg";

  private TokenReader() {}

  /** What is read when nothing is wrong. */
  public static List<Bytes> seeds() {
    return List.of(Genuine.utf8(KEYS), Genuine.utf8(TOKEN));
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
