package network.calimero.tee.functions.admission;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.Profile;

/**
 * How a node's measurements compare with what is published.
 *
 * @param cohort the one that it is of; empty if there is none
 * @param profile of that cohort, if only one of the release fits
 * @param reasons against it, none if it is of a trusted cohort
 */
record Match(Optional<Cohort> cohort, Optional<Profile> profile, List<Reason> reasons) {
  Match {
    reasons = List.copyOf(reasons);
  }

  static Match none(List<Reason> reasons) {
    return new Match(Optional.empty(), Optional.empty(), reasons);
  }

  static Match none(ReasonCode code, String subject, String text) {
    return none(List.of(new Reason(code, subject, text)));
  }
}
