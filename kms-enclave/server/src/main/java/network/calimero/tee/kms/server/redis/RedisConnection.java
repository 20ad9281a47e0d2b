package network.calimero.tee.kms.server.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import network.calimero.tee.kms.config.RedisUrl;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The way to a store, a single server or a cluster: a cluster's nodes say themselves which of them
 * has a key, and what they said is remembered. Connections are opened when they are first needed,
 * and those that break are replaced. Whoever answers may mean ill: see {@link GuardedSocket}. Safe
 * for use by several threads.
 */
final class RedisConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** For a question with all that it takes, after which nothing more is tried for it. */
  private static final Duration ALL_PATIENCE = Duration.ofSeconds(4);

  private static final int CONNECTIONS = 16;
  private static final int IDLE_CONNECTIONS = 4;

  /** More than clusters have, for nobody else says when it is enough. */
  private static final int MAX_NODES = 64;

  private static final int MAX_TRIES = 6;

  private final HostAndPort address;
  private final JedisClientConfig settings;
  private final Map<HostAndPort, ConnectionPool> nodes = new ConcurrentHashMap<>();
  private final Map<Integer, HostAndPort> nodeOfSlot = new ConcurrentHashMap<>();

  /**
   * To a server, or a node of a cluster.
   *
   * @param tls whom to believe, if the address asks for TLS
   */
  RedisConnection(RedisUrl url, SslOptions tls) {
    this.address = new HostAndPort(url.host(), url.port());
    this.settings = settings(url, tls);
  }

  private static JedisClientConfig settings(RedisUrl url, SslOptions tls) {
    DefaultJedisClientConfig.Builder settings =
        DefaultJedisClientConfig.builder()
            .resp2()
            .timeoutMillis((int) PATIENCE.toMillis())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .database(url.database());
    if (url.tls()) {
      settings.sslOptions(tls);
    }
    url.user().ifPresent(settings::user);
    url.password().ifPresent(settings::password);
    return settings.build();
  }

  /**
   * Asks the store about a key.
   *
   * @throws RuntimeException of Jedis, if it does not answer
   */
  <T> T ask(String key, CommandObject<T> command) {
    int slot = JedisClusterCRC16.getSlot(key);
    Question<T> question = new Question<>(command, System.nanoTime());
    HostAndPort node = nodeOfSlot.getOrDefault(slot, address);
    while (true) {
      try {
        return question.put(node);
      } catch (JedisRedirectionException e) {
        node = question.target(e, node);
        if (e instanceof JedisMovedDataException) {
          nodeOfSlot.put(slot, node);
        }
      } catch (JedisConnectionException e) {
        node = question.instead(node, e);
      }
    }
  }

  /** One question on its way to whoever answers it. */
  private final class Question<T> {
    private final CommandObject<T> command;
    private final long start;
    private final Set<HostAndPort> failed = new HashSet<>();
    private boolean asking;
    private int tries;

    Question(CommandObject<T> command, long start) {
      this.command = command;
      this.start = start;
    }

    T put(HostAndPort node) {
      try (Connection connection = pool(node).getResource()) {
        if (asking) {
          connection.executeCommand(Protocol.Command.ASKING);
        }
        return connection.executeCommand(command);
      }
    }

    /** Where it is sent on to; a node that does not know its own name sends to where it is. */
    HostAndPort target(JedisRedirectionException redirection, HostAndPort from) {
      requireAnotherTry(redirection);
      asking = redirection instanceof JedisAskDataException;
      HostAndPort target = redirection.getTargetNode();
      return target.getHost().isBlank()
          ? new HostAndPort(from.getHost(), target.getPort())
          : target;
    }

    /**
     * Whom to ask in place of one that broke off. It may only have been restarted, which its old
     * connections do not survive; else another node of the cluster knows who has its keys now.
     */
    HostAndPort instead(HostAndPort broken, JedisConnectionException failure) {
      requireAnotherTry(failure);
      asking = false;
      if (failed.add(broken) && !isTimeout(failure)) {
        pool(broken).clear();
        return broken;
      }
      return otherThan(failed).orElseThrow(() -> failure);
    }

    private void requireAnotherTry(RuntimeException otherwise) {
      long spent = System.nanoTime() - start;
      if (++tries == MAX_TRIES || spent >= ALL_PATIENCE.toNanos()) {
        throw otherwise;
      }
    }
  }

  private static boolean isTimeout(JedisConnectionException failure) {
    return failure.getCause() instanceof SocketTimeoutException;
  }

  /** And forgets what only those are known to have. */
  private Optional<HostAndPort> otherThan(Set<HostAndPort> failed) {
    nodeOfSlot.values().removeIf(failed::contains);
    return Stream.concat(nodeOfSlot.values().stream(), Stream.of(address))
        .filter(node -> !failed.contains(node))
        .findFirst();
  }

  private ConnectionPool pool(HostAndPort node) {
    ConnectionPool known = nodes.get(node);
    if (known != null) {
      return known;
    }
    if (nodes.size() >= MAX_NODES) {
      nodes.keySet().forEach(this::drop);
      nodeOfSlot.clear();
    }
    return nodes.computeIfAbsent(node, this::open);
  }

  private ConnectionPool open(HostAndPort node) {
    DefaultJedisSocketFactory sockets = new DefaultJedisSocketFactory(node, settings);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(IDLE_CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setTestWhileIdle(false);
    pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    pool.setJmxEnabled(false);
    return new ConnectionPool(
        new ConnectionFactory(
            () -> new GuardedSocket(sockets.createSocket(), PATIENCE, System::nanoTime), settings),
        pool);
  }

  /** Those who use its connections go on; the connections end when they are given back. */
  private void drop(HostAndPort node) {
    ConnectionPool pool = nodes.remove(node);
    if (pool != null) {
      pool.close();
    }
  }

  @Override
  public void close() {
    nodes.keySet().forEach(this::drop);
  }
}
