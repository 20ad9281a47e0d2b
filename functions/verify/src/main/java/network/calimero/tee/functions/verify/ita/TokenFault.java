package network.calimero.tee.functions.verify.ita;

import java.util.Locale;

/** Why a token is not believed. Programs match the codes, so none is ever renamed. */
public enum TokenFault {
  /** Not three parts of base64url, or not JSON objects, or too long. */
  TOKEN_MALFORMED("it is no signed token"),
  /** No signature, a shared secret, or an algorithm that the authority does not sign with. */
  TOKEN_ALGORITHM_REFUSED("it is not signed by an algorithm of the PS384/RS256 family"),
  /** The header demands an extension. */
  TOKEN_HEADER_REFUSED("its header demands what is not known here"),
  TOKEN_KEY_ID_MISSING("it names no key"),
  TOKEN_KEY_UNKNOWN("it names a key that is not the authority's"),
  TOKEN_KEY_AMBIGUOUS("the authority has several keys of that name"),
  TOKEN_SIGNATURE_INVALID("its signature does not hold"),
  TOKEN_ISSUER_WRONG("another issuer made it"),
  TOKEN_AUDIENCE_WRONG("it was made for another audience"),
  TOKEN_TIMES_MISSING("it does not say until when it holds"),
  TOKEN_EXPIRED("it holds no longer"),
  TOKEN_NOT_YET_VALID("it does not hold yet"),
  /** It is about another quote. */
  TOKEN_MEASUREMENTS_DIFFER("it is not about this quote");

  private final String meaning;

  TokenFault(String meaning) {
    this.meaning = meaning;
  }

  /** The code for programs: lower case with underscores. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Half a sentence for people. */
  public String meaning() {
    return meaning;
  }
}
