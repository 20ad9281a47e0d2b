package network.calimero.tee.functions.verify.ita;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
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
 * An issuer's keys, kept an hour. A key that they do not have has them fetched again, at most once
 * a minute, by one caller while the others wait; keys that cannot be fetched anew are used for a
 * day, and are not asked for again within five seconds. Who brings a known key never waits, so that
 * nobody with a made-up one can hold others up. For several threads.
 */
public final class KeySetCache {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration KEPT_IN_NEED = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** With less time than that a failure may be the caller's. */
  private static final Duration ENOUGH = Duration.ofSeconds(2);

  private final OutboundHttp http;
  private final OutboundUrl url;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile @Nullable Failed failed;

  private record Held(KeySet keys, Instant at) {}

  private record Failed(OutboundException why, Instant at) {}

  /** Those at that address; nothing is fetched yet. */
  public KeySetCache(OutboundHttp http, OutboundUrl url) {
    this.http = http;
    this.url = url;
  }

  /**
   * What a token says, once it is proven by one of these keys.
   *
   * @throws TokenRefusedException naming the first check that does not hold
   * @throws OutboundException if the keys are not to be had
   */
  public VerifiedToken verify(TokenVerifier verifier, String token, Instant now, Limits limits)
      throws TokenRefusedException, OutboundException {
    String keyId = Token.parse(token).keyId();
    return verifier.verify(token, with(keyId, now, limits), now);
  }

  /** Keys that have one of that name, if there is such a key. */
  private KeySet with(String keyId, Instant now, Limits limits) throws OutboundException {
    Held known = held;
    if (known != null && isGood(known, keyId, now)) {
      return known.keys();
    }
    if (!Turn.taken(fetching, limits.total())) {
      return instead(
          now, new OutboundException(OutboundFault.PEER_TIMED_OUT, "others wait for its keys too"));
    }
    try {
      known = held;
      return known != null && isGood(known, keyId, now) ? known.keys() : renewed(now, limits);
    } finally {
      fetching.unlock();
    }
  }

  private KeySet renewed(Instant now, Limits limits) throws OutboundException {
    Failed last = failed;
    if (last != null && Duration.between(last.at(), now).compareTo(RETRY) < 0) {
      return instead(now, last.why());
    }
    try {
      KeySet fetched = fetch(limits);
      held = new Held(fetched, now);
      failed = null;
      return fetched;
    } catch (OutboundException e) {
      // A caller whose own time was over says nothing of the issuer.
      if (limits.total().compareTo(ENOUGH) >= 0 && !Thread.currentThread().isInterrupted()) {
        failed = new Failed(e, now);
      }
      return instead(now, e);
    }
  }

  /** What was there before, if it is not too old. */
  private KeySet instead(Instant now, OutboundException why) throws OutboundException {
    Held known = held;
    if (known != null && age(known, now).compareTo(KEPT_IN_NEED) < 0) {
      return known.keys();
    }
    throw why;
  }

  private static boolean isGood(Held known, String keyId, Instant now) {
    Duration longest = known.keys().has(keyId) ? KEPT : PAUSE;
    return age(known, now).compareTo(longest) < 0;
  }

  private static Duration age(Held known, Instant now) {
    return Duration.between(known.at(), now);
  }

  private KeySet fetch(Limits limits) throws OutboundException {
    Limits bounded = new Limits(limits.connect(), limits.total(), KeySet.MAX_SIZE);
    try {
      return KeySet.parse(
          http.exchange(OutboundRequest.get(url), OutboundPolicy.only(url), bounded).successBody());
    } catch (MalformedException e) {
      throw new OutboundException(
          OutboundFault.PEER_ANSWER_MALFORMED, "the issuer's keys: " + e.reason());
    }
  }
}
