package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.release.verify.Check.Result;

/** The checks that were made, in their order. */
final class CheckList {
  private final List<Check> checks = new ArrayList<>();

  /** It held, unless a part of it was noted. */
  void passed(String subject, String what, String how, String detail) {
    boolean noted =
        checks.stream()
            .anyMatch(check ->
                check.result() == Result.NOTED
                    && check.subject().equals(subject)
                    && check.what().equals(what));
    if (!noted) {
      checks.add(new Check(subject, what, how, Result.PASSED, detail));
    }
  }

  /** It was not made, for that reason. */
  void skipped(String subject, String what, String why) {
    checks.add(new Check(subject, what, "", Result.SKIPPED, why));
  }

  /** It failed where this generation promises nothing. */
  void noted(String subject, String what, String how, String detail) {
    checks.add(new Check(subject, what, how, Result.NOTED, detail));
  }

  /** It failed: there is nothing after it. */
  RefusedException refuse(String what, String how, Refusal refusal) {
    checks.add(new Check(refusal.subject(), what, how, Result.FAILED, refusal.reason()));
    return new RefusedException(refusal);
  }

  void require(boolean holds, String what, String how, Refusal refusal) throws RefusedException {
    if (!holds) {
      throw refuse(what, how, refusal);
    }
  }

  /** Refuses, or in the generations that do not promise it only says so. */
  void require(boolean holds, boolean promised, String what, String how, Refusal refusal)
      throws RefusedException {
    if (!holds && promised) {
      throw refuse(what, how, refusal);
    }
    if (!holds) {
      noted(refusal.subject(), what, how, refusal.reason());
    }
  }

  List<Check> all() {
    return List.copyOf(checks);
  }
}
