package network.calimero.tee.functions.policy;

import network.calimero.tee.functions.api.Problem;

/** Why a document is not served, or nothing is made of one. */
public enum PolicyProblem implements Problem {
  INVALID_TAG(400, "give a tag such as mero-kms-v2.3.73 or mero-tee-v2.3.73, no pre-release"),
  INVALID_PROFILE(400, "use debug, debug-read-only or locked-read-only"),
  INVALID_KMS_URL(400, "give the URL of a KMS that nodes would take"),
  DOCUMENT_MALFORMED(400, "give policies as they were published"),
  EVIDENCE_UNUSABLE(
      400, "give answers of /attest or of a node's attest as they came, with their nonce"),
  EVIDENCE_REFUSED(422, "probe a genuine machine, and do not make a policy of this one"),
  STATUS_NOT_DECLARED(422, "declare the platform's status, or probe a platform that is up to date"),
  POLICY_UNUSABLE(422, "use a release whose policy says what merod takes"),
  RELEASE_NOT_FOUND(404, "check the tag: there is no such release, or it has no such file"),
  RELEASE_REFUSED(502, "do not use this release: the file does not verify"),
  RELEASE_HOST_FAILED(502, "try again later; the release host is not to be reached"),
  COLLATERAL_UNAVAILABLE(
      503, "ask again; Intel's collateral for the platform is not to be had now");

  private final int status;
  private final String advice;

  PolicyProblem(int status, String advice) {
    this.status = status;
    this.advice = advice;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String advice() {
    return advice;
  }
}
