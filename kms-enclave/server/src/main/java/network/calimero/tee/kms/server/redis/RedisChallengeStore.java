package network.calimero.tee.kms.server.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.config.RedisUrl;
import network.calimero.tee.kms.server.ChallengeStore;
import network.calimero.tee.kms.server.SpacedProbe;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.params.SetParams;

/**
 * Used challenges in a Redis or Valkey server or cluster (kms-config.md, {@code REDIS_URL}). A use
 * is one {@code SET … NX} of one key, so it is atomic wherever the key lives. Nothing is contacted
 * before the first use. Safe for use by several threads.
 */
public final class RedisChallengeStore implements ChallengeStore {
  /**
   * How long a use is remembered after its challenge expires. A request that came in time may still
   * be waiting for collateral, and the clocks of key servers differ.
   */
  private static final Duration MARGIN = Duration.ofHours(1);

  /** After which a full store is worth another try: it may hold other things than uses. */
  private static final Duration UNTIL_ROOM = Duration.ofMinutes(1);

  private static final String PREFIX = "mero-kms:used:";
  private static final String PROBE = "mero-kms:used:probe";
  private static final Duration PROBE_LIFE = Duration.ofSeconds(1);
  private static final String DONE = "OK";
  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  private final RedisConnection connection;
  private final SpacedProbe probe;

  /**
   * Of the server, or a node of the cluster, at that address. With TLS its certificate must be of
   * an authority that this Java platform knows, and for that host.
   */
  public RedisChallengeStore(RedisUrl url, InstantSource clock) {
    this(url, SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build(), clock);
  }

  RedisChallengeStore(RedisUrl url, SslOptions tls, InstantSource clock) {
    this.connection = new RedisConnection(url, tls);
    this.probe = new SpacedProbe(clock, this::writeFault);
  }

  @Override
  public boolean isConsumed(Challenge challenge) throws ChallengeStoreException {
    String key = key(challenge);
    return ask(key, COMMANDS.exists(key));
  }

  /** Remembers for a span, not until a time: the store's clock is not this one's. */
  @Override
  public Use consume(Challenge challenge, Instant now) throws ChallengeStoreException {
    Duration rest = Duration.between(now, challenge.expiresAt());
    Duration kept = (rest.isNegative() ? Duration.ZERO : rest).plus(MARGIN);
    String key = key(challenge);
    SetParams ifAbsent = SetParams.setParams().nx().px(kept.toMillis());
    try {
      return use(connection.ask(key, COMMANDS.set(key, "1", ifAbsent)));
    } catch (RuntimeException e) {
      if (RedisFault.isFull(e)) {
        return new Use.Full(now.plus(UNTIL_ROOM));
      }
      throw unusable(e);
    }
  }

  /** Nothing is what a store answers that has the key. */
  private static Use use(@Nullable String answer) {
    return switch (answer) {
      case null -> new Use.Again();
      case DONE -> new Use.First();
      default -> throw new IllegalArgumentException("no answer to SET");
    };
  }

  private static String key(Challenge challenge) {
    return PREFIX + challenge.id().text();
  }

  @Override
  public Optional<String> fault() {
    return probe.fault();
  }

  /** By a write: a full store, or a replica, can be read and is of no use. */
  private Optional<String> writeFault() {
    try {
      SetParams shortly = SetParams.setParams().px(PROBE_LIFE.toMillis());
      String _ = ask(PROBE, COMMANDS.set(PROBE, "1", shortly));
      return Optional.empty();
    } catch (ChallengeStoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whatever a store answers that is no answer counts as no store. */
  private <T> T ask(String key, CommandObject<T> command) throws ChallengeStoreException {
    try {
      return Objects.requireNonNull(connection.ask(key, command));
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private static ChallengeStoreException unusable(RuntimeException e) {
    return new ChallengeStoreException(RedisFault.of(e), e);
  }

  @Override
  public void close() {
    connection.close();
  }
}
