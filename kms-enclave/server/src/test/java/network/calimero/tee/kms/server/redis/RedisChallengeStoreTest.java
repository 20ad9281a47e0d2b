package network.calimero.tee.kms.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges.Use;
import network.calimero.tee.kms.config.RedisUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.SslOptions;

class RedisChallengeStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path folder;

  private final ChallengeIssuer issuer =
      new ChallengeIssuer(
          ChallengeKeys.random(new SecureRandom()), new SecureRandom(), Duration.ofSeconds(60));

  private Challenge challenge() throws Exception {
    return issuer.issue(PeerId.parse("1"), NOW);
  }

  private static RedisUrl url(int port, String password, int database) {
    return new RedisUrl(
        false, "127.0.0.1", port, Optional.empty(), Optional.of(password), database);
  }

  private static RedisChallengeStore store(RedisServer server) {
    return new RedisChallengeStore(url(server.port(), RedisServer.PASSWORD, 0), CLOCK);
  }

  private RedisServer server(boolean cluster) throws IOException {
    return cluster ? RedisServer.cluster(folder) : RedisServer.single(folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void useIsKnownToEveryoneWhoShares(boolean cluster) throws Exception {
    try (RedisServer server = server(cluster);
        RedisChallengeStore one = store(server);
        RedisChallengeStore other = store(server)) {
      Challenge challenge = challenge();
      assertThat(one.isConsumed(challenge)).isFalse();
      assertThat(one.consume(challenge, NOW)).isEqualTo(new Use.First());

      assertThat(other.isConsumed(challenge)).isTrue();
      assertThat(other.consume(challenge, NOW)).isEqualTo(new Use.Again());
      assertThat(one.consume(challenge, NOW)).isEqualTo(new Use.Again());
      assertThat(other.consume(challenge(), NOW)).isEqualTo(new Use.First());
      assertThat(one.fault()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofManyAtOnceOneIsTheFirst(boolean cluster) throws Exception {
    try (RedisServer server = server(cluster);
        RedisChallengeStore one = store(server);
        RedisChallengeStore other = store(server)) {
      Challenge challenge = challenge();
      List<Callable<Use>> uses = new ArrayList<>();
      IntStream.range(0, 100)
          .forEach(i -> uses.add(() -> (i % 2 == 0 ? one : other).consume(challenge, NOW)));
      int first = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
        for (Future<Use> use : threads.invokeAll(uses)) {
          first += use.get() instanceof Use.First ? 1 : 0;
        }
      }
      assertThat(first).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void storeThatIsBackIsUsedAgain(boolean cluster) throws Exception {
    try (RedisServer server = server(cluster);
        RedisChallengeStore store = store(server)) {
      Challenge challenge = challenge();
      store.consume(challenge, NOW);
      server.kill();
      assertThatThrownBy(() -> store.isConsumed(challenge))
          .isInstanceOf(ChallengeStoreException.class);
      assertThatThrownBy(() -> store.consume(challenge, NOW))
          .isInstanceOf(ChallengeStoreException.class);

      server.restart();
      assertThat(store.consume(challenge(), NOW)).isEqualTo(new Use.First());
    }
  }

  @Test
  void useIsForgottenAnHourAfterTheChallengeExpires() throws Exception {
    try (RedisServer server = RedisServer.single(folder);
        RedisChallengeStore store = store(server)) {
      Challenge challenge = challenge();
      store.consume(challenge, NOW);
      Challenge late = challenge();
      store.consume(late, NOW.plusSeconds(100));

      String key = "mero-kms:used:" + challenge.id().text();
      assertThat(Long.parseLong(server.command("PTTL", key))).isBetween(3_000_000L, 3_660_000L);
      String lateKey = "mero-kms:used:" + late.id().text();
      assertThat(Long.parseLong(server.command("PTTL", lateKey))).isBetween(3_000_000L, 3_600_000L);
    }
  }

  @Test
  void databaseOfTheAddressIsUsed() throws Exception {
    try (RedisServer server = RedisServer.single(folder);
        RedisChallengeStore two =
            new RedisChallengeStore(url(server.port(), RedisServer.PASSWORD, 2), CLOCK)) {
      Challenge challenge = challenge();
      two.consume(challenge, NOW);

      assertThat(two.isConsumed(challenge)).isTrue();
      assertThat(server.command("DBSIZE")).isEqualTo("0");
    }
  }

  @Test
  void fullStoreHasNoRoomForAnotherUse() throws Exception {
    try (RedisServer server =
            RedisServer.single(folder, "--maxmemory", "1", "--maxmemory-policy", "noeviction");
        RedisChallengeStore store = store(server)) {
      Challenge challenge = challenge();

      assertThat(store.isConsumed(challenge)).isFalse();
      assertThat(store.consume(challenge, NOW)).isEqualTo(new Use.Full(NOW.plusSeconds(60)));
      assertThat(store.fault()).contains("the store refuses: OOM");
    }
  }

  @Test
  void whatIsWrongIsSaidWithoutAddressAndPassword() throws Exception {
    int port;
    try (RedisServer server = RedisServer.single(folder);
        RedisChallengeStore store =
            new RedisChallengeStore(url(server.port(), "wrong-one", 0), CLOCK)) {
      port = server.port();
      assertThat(store.fault().orElseThrow())
          .contains("refuses this login")
          .doesNotContain("wrong-one");
    }
    try (RedisChallengeStore gone = new RedisChallengeStore(url(port, "secret", 0), CLOCK)) {
      assertThat(gone.fault().orElseThrow())
          .contains("nobody answers")
          .doesNotContain("secret", String.valueOf(port));
    }
  }

  /** A client that believes them runs out of memory, or out of stack. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2147483000\r\n",
        "$99999\r\n",
        "*2147483000\r\n",
        "*99999\r\n:1\r\n",
        "*1\r\n",
        "*60000\r\n:1\r\n",
        "+endless",
        "$1x\r\n",
        "$3333\n0:\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "$-\r\n",
        "$-3\r\n",
        "$1-\r\n",
        "$\r\n",
        "+half\n",
        "+half\rend\r\n",
        "*1\r*1\r\n",
        "%1\r\n+a\r\n+b\r\n",
        "HTTP/1.1 200 OK\r\n"
      })
  void repliesOfNoStoreAreReadNoFurther(String reply) throws Exception {
    try (HostileStore hostile = new HostileStore(reply);
        RedisChallengeStore store =
            new RedisChallengeStore(url(hostile.port(), RedisServer.PASSWORD, 0), CLOCK)) {
      assertThatThrownBy(() -> store.isConsumed(challenge()))
          .isInstanceOf(ChallengeStoreException.class)
          .hasMessage("what answers at REDIS_URL is no Redis or Valkey");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+QUEUED\r\n", ":1\r\n", "*1\r\n:1\r\n"})
  void whatIsNoAnswerToAUseIsNoUse(String reply) throws Exception {
    try (HostileStore hostile = new HostileStore(reply);
        RedisChallengeStore store =
            new RedisChallengeStore(url(hostile.port(), RedisServer.PASSWORD, 0), CLOCK)) {
      assertThatThrownBy(() -> store.consume(challenge(), NOW))
          .isInstanceOf(ChallengeStoreException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-MOVED 1 127.0.0.1:1\r\n", "-MOVED 1 :%d\r\n", "-ASK 1 127.0.0.1:%d\r\n"})
  void storeThatSendsInCirclesIsNoStore(String reply) throws Exception {
    try (HostileStore end = new HostileStore("-MOVED 1 127.0.0.1:1\r\n");
        HostileStore hostile = new HostileStore(reply.formatted(end.port()));
        RedisChallengeStore store =
            new RedisChallengeStore(url(hostile.port(), RedisServer.PASSWORD, 0), CLOCK)) {
      assertThatThrownBy(() -> store.consume(challenge(), NOW))
          .isInstanceOf(ChallengeStoreException.class);
    }
  }

  @Test
  void keysAreSpreadOverTheNodesOfACluster() throws Exception {
    try (RedisCluster cluster = RedisCluster.ofThree(folder);
        RedisChallengeStore one = store(cluster.node(0));
        RedisChallengeStore other = store(cluster.node(2))) {
      for (int i = 0; i < 30; i++) {
        Challenge challenge = challenge();
        assertThat(one.isConsumed(challenge)).isFalse();
        assertThat(one.consume(challenge, NOW)).isEqualTo(new Use.First());
        assertThat(other.consume(challenge, NOW)).isEqualTo(new Use.Again());
        assertThat(other.isConsumed(challenge)).isTrue();
      }
      for (int node = 0; node < 3; node++) {
        assertThat(Integer.parseInt(cluster.node(node).command("DBSIZE"))).isPositive();
      }
      assertThat(one.fault()).isEmpty();

      // Whoever was named in REDIS_URL may go, once others are known.
      cluster.node(0).kill();
      int answered = 0;
      for (int i = 0; i < 30; i++) {
        try {
          assertThat(one.consume(challenge(), NOW)).isEqualTo(new Use.First());
          answered++;
        } catch (ChallengeStoreException _) {
          // The key would be on the node that is gone, or the cluster has noticed.
        }
      }
      assertThat(answered).isPositive();
    }
  }

  @Test
  void withTlsTheCertificateMustBeOfAKnownAuthorityAndForTheHost() throws Exception {
    TlsFiles files = TlsFiles.make(folder, "127.0.0.1");
    try (RedisServer server = RedisServer.single(folder, files.redisOptions())) {
      RedisUrl byAddress = tls("127.0.0.1", files.port());
      RedisUrl byName = tls("localhost", files.port());
      SslOptions trusting = files.trusting();
      try (RedisChallengeStore trusted = new RedisChallengeStore(byAddress, trusting, CLOCK);
          RedisChallengeStore otherHost = new RedisChallengeStore(byName, trusting, CLOCK);
          RedisChallengeStore unknown = new RedisChallengeStore(byAddress, CLOCK)) {
        assertThat(trusted.consume(challenge(), NOW)).isEqualTo(new Use.First());
        assertThat(otherHost.fault().orElseThrow()).startsWith("TLS with the store failed");
        assertThat(unknown.fault().orElseThrow()).startsWith("TLS with the store failed");
        assertThat(server.command("DBSIZE")).isEqualTo("1");
      }
    }
  }

  private static RedisUrl tls(String host, int port) {
    return new RedisUrl(true, host, port, Optional.empty(), Optional.of(RedisServer.PASSWORD), 0);
  }
}
