package network.calimero.tee.kms.server.redis;

import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What is wrong with a store, in words of our own: its own words are whoever's runs it. */
final class RedisFault {
  private static final Pattern CODE = Pattern.compile("^([A-Z]{2,20}) ");
  private static final int MAX_CAUSES = 8;
  private static final String NO_STORE = "what answers at REDIS_URL is no Redis or Valkey";

  private RedisFault() {}

  static String of(RuntimeException failure) {
    return switch (failure) {
      case JedisAccessControlException _ ->
          "the store refuses this login, or what it may do is not enough (REDIS_URL)";
      case JedisDataException refused -> "the store refuses" + code(refused);
      case JedisConnectionException _ -> connection(failure);
      case JedisException _ -> "the store cannot be reached, or is busy (REDIS_URL)";
      default -> NO_STORE;
    };
  }

  /** Whether the store answers, and has no memory left for another key. */
  static boolean isFull(RuntimeException failure) {
    return failure instanceof JedisDataException refused && code(refused).equals(": OOM");
  }

  private static String connection(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SocketTimeoutException) {
        return "the store does not answer in time (REDIS_URL)";
      }
      if (cause instanceof ReplyGuard.UnexpectedReplyException) {
        return NO_STORE;
      }
      if (cause instanceof SSLException) {
        return "TLS with the store failed: its certificate must be of a known authority and for"
            + " the host in REDIS_URL";
      }
      cause = cause.getCause();
    }
    return "nobody answers at REDIS_URL: is the store running, and can it be reached from here?";
  }

  /** The first word of Redis's error replies is a code. */
  private static String code(JedisDataException refused) {
    Matcher matcher = CODE.matcher(String.valueOf(refused.getMessage()));
    return matcher.find() ? ": " + matcher.group(1) : "";
  }
}
