package network.calimero.tee.functions.api;

import java.util.Optional;

/**
 * Lets web pages of any origin call what is public: nothing here reads cookies or other credentials
 * of a browser. Made here alone; a platform that adds such headers itself is to be told not to.
 */
final class Cors {
  private static final String DAY = "86400";
  private static final String EXPOSED =
      "ETag, Retry-After, X-Request-Id, X-Mero-Tee, X-Mero-Asset, X-Mero-Asset-SHA256,"
          + " X-Mero-Verified";

  private Cors() {}

  static HttpAnswer apply(HttpAnswer answer, Optional<HttpCall> call, Optional<Resource> resource) {
    if (!resource.map(Resource::isOpenToWebPages).orElse(true)) {
      return answer;
    }
    HttpAnswer open =
        answer
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Expose-Headers", EXPOSED);
    boolean asked = call.map(HttpCall::method).filter("OPTIONS"::equals).isPresent();
    return asked && resource.isPresent()
        ? open.with("Access-Control-Allow-Methods", resource.get().allow())
            .with("Access-Control-Allow-Headers", "*")
            .with("Access-Control-Max-Age", DAY)
        : open;
  }
}
