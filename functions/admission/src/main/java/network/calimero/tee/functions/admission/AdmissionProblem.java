package network.calimero.tee.functions.admission;

import network.calimero.tee.functions.api.Problem;

/** Why there is no verdict: nothing is said about the node, and its challenge is not spent. */
public enum AdmissionProblem implements Problem {
  COLLATERAL_UNAVAILABLE("ask again; Intel's collateral for the platform is not to be had now"),
  COLLATERAL_REFUSED("ask again; what came as collateral is not what Intel signs and updates"),
  MEASUREMENTS_UNAVAILABLE("ask again; the release host is not to be reached now"),
  MEASUREMENTS_REFUSED("look at the release: its published measurements do not verify");

  private static final int UNAVAILABLE = 503;

  private final String advice;

  AdmissionProblem(String advice) {
    this.advice = advice;
  }

  @Override
  public int status() {
    return UNAVAILABLE;
  }

  @Override
  public String advice() {
    return advice;
  }
}
