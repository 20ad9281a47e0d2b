package network.calimero.tee.demo;

/**
 * How something that was tried came out.
 *
 * @param asItMust whether it is what has to happen
 * @param answer what came back, a few words
 * @param reason why, in words; may be empty
 */
record Outcome(boolean asItMust, String answer, String reason) {

  static Outcome good(String answer, String reason) {
    return new Outcome(true, answer, reason);
  }

  static Outcome bad(String answer, String reason) {
    return new Outcome(false, answer, reason);
  }
}
