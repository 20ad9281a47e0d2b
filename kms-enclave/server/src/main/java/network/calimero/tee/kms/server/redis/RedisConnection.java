package network.calimero.tee.kms.server.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import network.calimero.tee.kms.config.RedisUrl;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The way to a store: opened when it is first needed, to a single server or to a cluster, whichever
 * answers. Connections that break are replaced; where the store has become something else, it is
 * opened anew. Safe for use by several threads.
 */
final class RedisConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 16;

  /** Few, for each that the store no longer answers on costs a request the whole patience. */
  private static final int IDLE_CONNECTIONS = 4;

  private static final int CLUSTER_ATTEMPTS = 3;

  private final HostAndPort address;
  private final JedisClientConfig settings;
  private final ReentrantLock opening = new ReentrantLock();
  private final AtomicReference<@Nullable UnifiedJedis> open = new AtomicReference<>();

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

  /** Tries a connection before it is used: after a restart of the store the old ones are dead. */
  private static ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(IDLE_CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setTestOnBorrow(true);
    pool.setJmxEnabled(false);
    return pool;
  }

  /**
   * Asks the store something.
   *
   * @throws RuntimeException of Jedis, if it does not answer
   */
  <T> T ask(Function<UnifiedJedis, T> question) {
    UnifiedJedis client = client();
    try {
      return question.apply(client);
    } catch (JedisClusterOperationException | JedisRedirectionException e) {
      forget(client);
      throw e;
    }
  }

  private UnifiedJedis client() {
    UnifiedJedis known = open.get();
    if (known != null) {
      return known;
    }
    lock();
    try {
      UnifiedJedis opened = open.get();
      if (opened == null) {
        opened = connect();
        open.set(opened);
      }
      return opened;
    } finally {
      opening.unlock();
    }
  }

  /** Those who would wait longer than a connection may take are told so instead. */
  private void lock() {
    try {
      if (!opening.tryLock(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new JedisConnectionException("others wait for the store");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JedisConnectionException("interrupted", e);
    }
  }

  private UnifiedJedis connect() {
    RedisClient single =
        RedisClient.builder()
            .hostAndPort(address)
            .clientConfig(settings)
            .poolConfig(pool())
            .build();
    boolean isCluster = true;
    try {
      isCluster = isCluster(single);
    } finally {
      if (isCluster) {
        single.close();
      }
    }
    return isCluster ? cluster() : single;
  }

  private static boolean isCluster(UnifiedJedis server) {
    return server.info("cluster").contains("cluster_enabled:1");
  }

  private UnifiedJedis cluster() {
    return RedisClusterClient.builder()
        .nodes(Set.of(address))
        .clientConfig(settings)
        .poolConfig(pool())
        .maxAttempts(CLUSTER_ATTEMPTS)
        .maxTotalRetriesDuration(PATIENCE)
        .build();
  }

  private void forget(UnifiedJedis client) {
    if (open.compareAndSet(client, null)) {
      client.close();
    }
  }

  @Override
  public void close() {
    UnifiedJedis known = open.get();
    if (known != null) {
      forget(known);
    }
  }
}
