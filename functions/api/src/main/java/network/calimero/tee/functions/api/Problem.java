package network.calimero.tee.functions.api;

import java.util.Locale;

/**
 * One way in which a call is refused or fails. Implemented by enums, one for each part that can
 * refuse; callers match the codes, so none is ever renamed.
 */
public interface Problem {

  /** The constant's name. */
  String name();

  /** What the answer's {@code code} says: the name in lower case. */
  default String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status that goes with it, where the answer has no other. */
  int status();

  /** What whoever called can do about it: half a sentence, in the imperative. */
  String advice();
}
