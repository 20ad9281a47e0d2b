package network.calimero.tee.functions.api;

/**
 * One way in which a call is refused or fails. Implemented by closed sets, one for each part that
 * can refuse; callers match the codes, so none is ever renamed.
 */
public interface Problem {

  /** What the answer's {@code code} says. */
  String code();

  /** The HTTP status that goes with it, where the answer has no other. */
  int status();

  /** What whoever called can do about it: half a sentence, in the imperative. */
  String advice();
}
