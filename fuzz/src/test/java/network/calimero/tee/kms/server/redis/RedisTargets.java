package network.calimero.tee.kms.server.redis;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.util.RedisInputStream;

/** What whoever is at the address of the shared store replies. */
public final class RedisTargets {
  private RedisTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "store_reply",
            Target.VERIFYING,
            RedisTargets::seeds,
            RedisTargets::read,
            Set.of(ReplyGuard.UnexpectedReplyException.class)));
  }

  private static List<Bytes> seeds() {
    return List.of(
        Genuine.utf8("+OK\r\n$-1\r\n:1\r\n"),
        Genuine.utf8("-MOVED 866 127.0.0.1:7001\r\n"),
        Genuine.utf8("*3\r\n$6\r\nserver\r\n$6\r\nvalkey\r\n*2\r\n:-5\r\n*0\r\n"),
        Genuine.utf8("-NOPERM no\r\n*-1\r\n"));
  }

  /**
   * Jedis behind the guard reads reply after reply until it ends in an exception; then the guard
   * alone.
   */
  private static void read(Bytes bytes) throws IOException {
    byte[] all = bytes.toArray();
    try (RedisInputStream replies = new RedisInputStream(new Guarded(all))) {
      while (true) {
        Protocol.read(replies, PushConsumerChainImpl.of());
      }
    } catch (RuntimeException e) {
      Target.requirePlain(RedisFault.of(e));
    }
    new ReplyGuard().see(all, 0, all.length);
  }

  /** A few bytes at a time, as they may come. */
  private static final class Guarded extends FilterInputStream {
    private static final int AT_ONCE = 7;

    private final ReplyGuard guard = new ReplyGuard();

    Guarded(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, Math.min(length, AT_ONCE));
      if (count > 0) {
        guard.see(bytes, offset, count);
      }
      return count;
    }
  }
}
