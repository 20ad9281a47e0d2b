package network.calimero.tee.functions.verify.ita;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.cache.Lru;
import network.calimero.tee.functions.outbound.Limits;
import network.calimero.tee.functions.outbound.OutboundAnswer;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundPolicy;
import network.calimero.tee.functions.outbound.OutboundRequest;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TdReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the authority about quotes (verifier-api.md, "Intel Trust Authority"), and believes what it
 * answers only if its token proves it. What it said of a quote is kept ten minutes; so many
 * requests are made a day and no more. For several threads.
 */
public final class TrustAuthority {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int KEPT_OPINIONS = 128;
  private static final int LOCKS = 32;
  private static final int MAX_ANSWER = 128 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TOTAL = Duration.ofSeconds(15);

  /** About the key or the pace, not about the body: another body will not do better. */
  private static final Set<Integer> NOT_THE_BODY = Set.of(401, 403, 404, 429);

  /** After both forms of a body: nothing else is left to refuse. */
  private static final Set<Integer> ABOUT_THE_QUOTE = Set.of(400, 422);

  private final OutboundHttp http;
  private final Authority authority;
  private final Optional<String> apiKey;
  private final KeySetCache keys;
  private final DailyCap cap;
  private final Lru<Bytes, Kept> opinions = new Lru<>(KEPT_OPINIONS);
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  private record Kept(Opinion opinion, Instant at) {}

  /**
   * Nobody is asked yet.
   *
   * @param apiKey without one nobody ever is
   * @param requestsPerDay the most requests of this instance, 0 or more
   */
  public TrustAuthority(
      OutboundHttp http, Authority authority, Optional<String> apiKey, int requestsPerDay) {
    this.http = http;
    this.authority = authority;
    this.apiKey = apiKey;
    this.keys = new KeySetCache(http, authority.keys());
    this.cap = new DailyCap(requestsPerDay);
    Arrays.setAll(locks, _ -> new ReentrantLock());
  }

  /** Whether it is not Intel's. */
  public boolean isSimulated() {
    return authority.isSimulated();
  }

  /**
   * What it says of a quote, which was verified before.
   *
   * @param left how long it may take
   */
  public Opinion ask(Quote quote, TdReport report, Instant now, Duration left) {
    if (apiKey.isEmpty()) {
      return new Opinion.None("this verifier has no key to ask it with (ITA_API_KEY)");
    }
    Bytes digest = digest(quote);
    Optional<Opinion> kept = kept(digest, quote, now);
    if (kept.isPresent()) {
      return kept.get();
    }
    // Of many that bring one quote at once, one asks.
    ReentrantLock asking = locks[Math.floorMod(digest.hashCode(), LOCKS)];
    if (!left.isPositive() || !Turn.taken(asking, left)) {
      return new Opinion.None("there was no time left to ask it");
    }
    try {
      return kept(digest, quote, now).orElseGet(() -> asked(digest, quote, report, now, left));
    } finally {
      asking.unlock();
    }
  }

  private Optional<Opinion> kept(Bytes digest, Quote quote, Instant now) {
    return Stream.of(digest, whole(quote))
        .flatMap(key -> Stream.ofNullable(opinions.get(key)))
        .filter(kept -> Duration.between(kept.at(), now).compareTo(KEPT) < 0)
        .map(Kept::opinion)
        .findFirst();
  }

  private static Bytes whole(Quote quote) {
    return Sha256.of(sent(quote));
  }

  private static Bytes sent(Quote quote) {
    return quote.bytes().slice(0, quote.declaredLength());
  }

  private Opinion asked(Bytes digest, Quote quote, TdReport report, Instant now, Duration left) {
    Limits limits = new Limits(CONNECT, TOTAL, MAX_ANSWER).within(left);
    try {
      Opinion opinion = asked(sent(quote), report, apiKey.orElseThrow(), now, limits);
      // Another way to write the quote may be what was refused.
      opinions.put(
          opinion instanceof Opinion.Declined ? whole(quote) : digest, new Kept(opinion, now));
      return opinion;
    } catch (UnaskedException e) {
      return new Opinion.None(e.reason());
    } catch (OutboundException e) {
      return new Opinion.None("it gave no answer: " + e.found());
    }
  }

  /**
   * Over what is signed, down to the platform's key: a quote's signatures, the text of its
   * certificates and the bytes after it can be written in many ways, and each would cost a request.
   */
  private static Bytes digest(Quote quote) {
    MessageDigest digest = Sha256.newDigest();
    quote.signedBytes().updateInto(digest);
    quote.signatureData().qeReport().bytes().updateInto(digest);
    return Bytes.of(digest.digest());
  }

  private Opinion asked(Bytes quote, TdReport report, String key, Instant now, Limits limits)
      throws OutboundException, UnaskedException {
    String base64 = StrictBase64.encode(quote.toArray());
    ObjectNode newer = JsonMapper.shared().createObjectNode();
    newer.putObject("tdx").put("quote", base64);
    OutboundAnswer answer = post(newer, key, now, limits);
    int status = answer.status();
    if (status / 100 == 4 && !NOT_THE_BODY.contains(status)) {
      answer = post(JsonMapper.shared().createObjectNode().put("quote", base64), key, now, limits);
      status = answer.status();
    }
    if (status / 100 == 4 && !NOT_THE_BODY.contains(status)) {
      return ABOUT_THE_QUOTE.contains(status)
          ? new Opinion.Declined(status)
          : new Opinion.None("it answered with status " + status);
    }
    return judged(answer.successBody(), report, now, limits);
  }

  private OutboundAnswer post(ObjectNode body, String key, Instant now, Limits limits)
      throws OutboundException, UnaskedException {
    if (!cap.take(now)) {
      throw new UnaskedException("this verifier has asked it as often as it may today");
    }
    Bytes json = Bytes.of(JsonMapper.shared().writeValueAsBytes(body));
    OutboundRequest request =
        OutboundRequest.post(authority.appraisal(), json)
            .with(Map.of("x-api-key", key, "api-key", key));
    return http.exchange(request, OutboundPolicy.only(authority.appraisal()), limits);
  }

  private Opinion judged(Bytes body, TdReport report, Instant now, Limits limits)
      throws OutboundException, UnaskedException {
    ObjectNode response;
    String token;
    try {
      JsonFields fields = JsonFields.parse(body, MAX_ANSWER);
      response = fields.tree().asObject();
      token = fields.text("token");
    } catch (MalformedException e) {
      throw new UnaskedException("its answer has no token: " + e.reason());
    }
    return new Opinion.Answered(
        response, token, Token.unproven(token), outcome(token, report, now, limits), now);
  }

  private Opinion.Outcome outcome(String text, TdReport report, Instant now, Limits limits)
      throws OutboundException {
    try {
      VerifiedToken token = keys.verify(authority.tokens(), text, now, limits);
      token.requireAbout(report);
      return new Opinion.Proven(token);
    } catch (TokenRefusedException e) {
      return new Opinion.Refused(e.fault(), e.reason());
    }
  }

  /** There is no answer, and none is to be kept. */
  private static final class UnaskedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnaskedException(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
