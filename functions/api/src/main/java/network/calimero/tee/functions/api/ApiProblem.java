package network.calimero.tee.functions.api;

/** Refusals that all functions share. */
public enum ApiProblem implements Problem {
  BAD_REQUEST(400, "send a well-formed HTTP request"),
  INVALID_QUERY(400, "give the parameters that the API's description lists, each once"),
  INVALID_JSON(400, "send one JSON object in UTF-8, no key twice, nothing after it"),
  INVALID_FIELD(400, "send the fields that the API's description lists"),
  CALLER_REQUIRED(403, "call with credentials that this function was deployed to accept"),
  NOT_FOUND(404, "see /api/openapi.json for the paths there are"),
  METHOD_NOT_ALLOWED(405, "use a method that the Allow header lists"),
  BODY_TOO_LARGE(413, "send a smaller body"),
  URL_TOO_LONG(414, "send a shorter path and query"),
  UNSUPPORTED_MEDIA_TYPE(415, "send JSON with Content-Type: application/json"),
  HEADERS_TOO_LARGE(431, "send fewer or shorter headers"),
  INTERNAL_ERROR(500, "try again later; the operator's log says more under the X-Request-Id"),
  NOT_CONFIGURED(503, "ask the operator of this function to configure it"),
  BUSY(503, "try again later");

  private final int status;
  private final String advice;

  ApiProblem(int status, String advice) {
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
