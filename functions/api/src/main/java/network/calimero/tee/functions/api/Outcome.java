package network.calimero.tee.functions.api;

import java.util.Optional;

/**
 * What came of a call, for the log.
 *
 * @param code {@code ok}, or that of the problem
 * @param refusal if it was refused
 */
record Outcome(int status, String code, Optional<ApiException> refusal) {

  static Outcome ok(int status) {
    return new Outcome(status, "ok", Optional.empty());
  }

  static Outcome refused(ApiException why) {
    return new Outcome(why.status(), why.problem().code(), Optional.of(why));
  }
}
