package network.calimero.tee.functions.verify;

import java.util.List;

/** What came of asking what a release accepts. */
sealed interface ReleaseLookup {
  /** That, profile by profile; at least one. */
  record Found(List<Expected> expected) implements ReleaseLookup {}

  /** There is no such release, or it says nothing of that role. */
  record Absent() implements ReleaseLookup {}

  /** It is not genuine. */
  record Refused(String code, String reason) implements ReleaseLookup {}

  /** Nobody knows now. */
  record Unknown(String code, String reason) implements ReleaseLookup {}
}
