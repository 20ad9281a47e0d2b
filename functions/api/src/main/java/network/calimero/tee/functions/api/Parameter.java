package network.calimero.tee.functions.api;

import java.util.regex.Pattern;

/**
 * A parameter of the query.
 *
 * @param meaning one sentence
 * @param pattern what its whole value matches
 * @param accepted the same in words that complete "accepted: …"
 * @param problem what a missing or other value is
 */
public record Parameter(
    String name,
    boolean required,
    String meaning,
    Pattern pattern,
    String accepted,
    Problem problem) {

  /** One that must be there. */
  public static Parameter required(
      String name, String meaning, String pattern, String accepted, Problem problem) {
    return new Parameter(name, true, meaning, Pattern.compile(pattern), accepted, problem);
  }

  /** One that may be left out. */
  public static Parameter optional(
      String name, String meaning, String pattern, String accepted, Problem problem) {
    return new Parameter(name, false, meaning, Pattern.compile(pattern), accepted, problem);
  }
}
