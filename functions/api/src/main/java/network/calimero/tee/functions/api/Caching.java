package network.calimero.tee.functions.api;

import java.util.Optional;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.Endpoint.Method;

/** Who may keep an answer and for how long; what has not changed is not sent again. */
final class Caching {
  private static final String CONTROL = "Cache-Control";
  private static final String NO_STORE = "no-store";
  private static final int TAG_BYTES = 16;

  private Caching() {}

  static HttpAnswer apply(HttpAnswer answer, Optional<HttpCall> call, Optional<Endpoint> endpoint) {
    boolean kept =
        answer.status() == 200
            && answer.headers().find(CONTROL).isEmpty() // what is incomplete says so itself
            && endpoint.filter(e -> e.method() == Method.GET).isPresent()
            && endpoint.get().cachedFor().isPresent();
    if (!kept || call.isEmpty()) {
      return answer.with(CONTROL, NO_STORE);
    }
    long seconds = endpoint.get().cachedFor().get().toSeconds();
    String tag = '"' + Sha256.of(answer.body()).slice(0, TAG_BYTES).hex() + '"';
    HttpAnswer tagged = answer.with(CONTROL, "public, max-age=" + seconds).with("ETag", tag);
    return isKnown(tag, call.get())
        ? new HttpAnswer(
            304, tagged.headers().without("Content-Type"), HttpAnswer.empty(304).body())
        : tagged;
  }

  /** Whether the caller has that very answer; what was weakened on the way counts as the same. */
  private static boolean isKnown(String tag, HttpCall call) {
    String known = call.headers().find("If-None-Match").orElse("");
    for (String one : known.split(",", -1)) {
      String bare = one.strip();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
