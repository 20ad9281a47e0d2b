package network.calimero.tee.functions.verify.ita;

import java.time.Duration;
import java.time.Instant;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.functions.outbound.Limits;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundFault;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundPolicy;
import network.calimero.tee.functions.outbound.OutboundRequest;
import network.calimero.tee.functions.outbound.OutboundUrl;
import org.jspecify.annotations.Nullable;

/**
 * The authority's keys, kept an hour. A key that they do not have has them fetched again, at most
 * once a minute; keys that cannot be fetched anew are used for a day. For several threads.
 */
final class KeySetCache {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration KEPT_IN_NEED = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final OutboundHttp http;
  private final OutboundUrl url;
  private @Nullable Held held;

  private record Held(KeySet keys, Instant at) {}

  KeySetCache(OutboundHttp http, OutboundUrl url) {
    this.http = http;
    this.url = url;
  }

  /** Keys that have one of that name, if there is such a key. */
  KeySet with(String keyId, Instant now, Limits limits) throws OutboundException {
    Held known = held();
    if (known != null && isGood(known, keyId, now)) {
      return known.keys();
    }
    try {
      Held fetched = new Held(fetch(limits), now);
      keep(fetched);
      return fetched.keys();
    } catch (OutboundException e) {
      if (known != null && age(known, now).compareTo(KEPT_IN_NEED) < 0) {
        return known.keys();
      }
      throw e;
    }
  }

  private static boolean isGood(Held known, String keyId, Instant now) {
    Duration longest = known.keys().has(keyId) ? KEPT : PAUSE;
    return age(known, now).compareTo(longest) < 0;
  }

  private static Duration age(Held known, Instant now) {
    return Duration.between(known.at(), now);
  }

  private synchronized @Nullable Held held() {
    return held;
  }

  private synchronized void keep(Held fetched) {
    held = fetched;
  }

  private KeySet fetch(Limits limits) throws OutboundException {
    Limits bounded = new Limits(limits.connect(), limits.total(), KeySet.MAX_SIZE);
    try {
      return KeySet.parse(
          http.exchange(OutboundRequest.get(url), OutboundPolicy.only(url), bounded).successBody());
    } catch (MalformedException e) {
      throw new OutboundException(
          OutboundFault.PEER_ANSWER_MALFORMED, "the authority's keys: " + e.reason());
    }
  }
}
