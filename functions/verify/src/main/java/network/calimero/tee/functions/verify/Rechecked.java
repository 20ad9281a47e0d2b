package network.calimero.tee.functions.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What came of checking a report again. */
public final class Rechecked {
  private static final String FAILED = Check.Result.FAILED.text();
  private static final String PASSED = Check.Result.PASSED.text();

  private final Verification verification;
  private final Report report;

  Rechecked(Verification verification, Report report) {
    this.verification = verification;
    this.report = report;
  }

  /**
   * One check.
   *
   * @param name such as {@code event_log}
   * @param result {@code passed}, {@code failed} or {@code not_possible}; empty if it was not come
   *     to
   * @param code why it did not pass, for programs; empty if it did
   * @param detail half a sentence for people
   * @param reported how the report says that it ended; empty if it does not say
   */
  public record Line(String name, String result, String code, String detail, String reported) {

    /** Whether the report says of it what does not hold. */
    public boolean isContradicted() {
      return (reported.equals(PASSED) && result.equals(FAILED))
          || (reported.equals(FAILED) && result.equals(PASSED));
    }

    /** Whether it failed here, or where the report was made and nothing here says otherwise. */
    public boolean failed() {
      return result.equals(FAILED) || (reported.equals(FAILED) && !result.equals(PASSED));
    }
  }

  /** Every check that was made, here or by the report's account, in their order. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Check.Name name : Check.Name.values()) {
      Optional<Check> made = verification.checks().find(name);
      String reported = report.resultOf(name);
      if (made.isPresent()) {
        Check check = made.get();
        lines.add(
            new Line(name.text(), check.result().text(), check.code(), check.detail(), reported));
      } else if (!reported.isEmpty()) {
        lines.add(new Line(name.text(), "", "", "it was not come to", reported));
      }
    }
    return List.copyOf(lines);
  }

  /**
   * {@code failed} if a check failed here, or failed by the report's account and could not be made
   * here; {@code passed} if freshness, the own verdict and the measurements passed here; else
   * {@code incomplete}.
   */
  public String result() {
    return lines().stream().anyMatch(Line::failed) ? FAILED : verification.checks().result();
  }

  /** The first check that makes it {@code failed}. */
  public Optional<Line> failure() {
    return lines().stream().filter(Line::failed).findFirst();
  }

  /** The verdict as {@code POST /api/verify} would give it. */
  public ObjectNode verdict() {
    return VerdictJson.of(verification);
  }
}
