package network.calimero.tee.functions.verify.ita;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What came of asking the authority about a quote. */
public sealed interface Opinion {

  /**
   * There is none.
   *
   * @param reason half a sentence for people
   */
  record None(String reason) implements Opinion {}

  /**
   * It refused the quote, which is a verdict of its own though it signs none.
   *
   * @param status of its answer
   */
  record Declined(int status) implements Opinion {}

  /**
   * It answered with a token.
   *
   * @param response as it was
   * @param unproven what the token claims, for showing only; empty if that cannot be read
   * @param outcome what came of verifying the token
   * @param askedAt when; the token was judged for that instant
   */
  record Answered(
      ObjectNode response,
      String token,
      Optional<ObjectNode> unproven,
      Outcome outcome,
      Instant askedAt)
      implements Opinion {}

  /** What came of verifying a token. */
  sealed interface Outcome {}

  /** It is the authority's, and about the quote. */
  record Proven(VerifiedToken token) implements Outcome {}

  /** It is not to be believed. */
  record Refused(TokenFault fault, String reason) implements Outcome {}
}
