package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.calimero.tee.kms.server.redis.RedisServer;
import network.calimero.tee.simulator.dstack.AgentFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key servers of one app that share which challenges were used, on a real store. */
class SharedStoreTest {
  @TempDir Path folder;

  private static Site site(RedisServer store) throws IOException {
    return Site.open(Map.of("REDIS_URL", store.url()));
  }

  private static String getKey(KmsHttp http, Map<String, Object> request) {
    return http.post("/get-key", request).outcome();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThousandUsesAtTwoKeyServersGiveExactlyOneKey(boolean cluster) throws Exception {
    try (RedisServer store = cluster ? RedisServer.cluster(folder) : RedisServer.single(folder);
        Site site = site(store);
        Site.Another other = site.another()) {
      Node node = site.node();
      Map<String, Object> request = node.request(node.challenge());
      List<Callable<String>> uses = new ArrayList<>();
      IntStream.range(0, 1000)
          .forEach(i -> uses.add(() -> getKey(i % 2 == 0 ? site.http : other.http(), request)));
      List<String> outcomes = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<String> outcome : threads.invokeAll(uses)) {
          outcomes.add(outcome.get());
        }
      }

      // On a machine with much else to do the store may not answer all of them in time.
      assertThat(outcomes).hasSize(1000).containsOnlyOnce("ok");
      assertThat(Set.copyOf(outcomes))
          .contains("invalid_challenge")
          .isSubsetOf("ok", "invalid_challenge", "challenge_store_unavailable");
    }
  }

  @Test
  void challengeOfOneIsAnsweredAtTheOtherOnce() throws Exception {
    try (RedisServer store = RedisServer.single(folder);
        Site site = site(store);
        Site.Another other = site.another()) {
      Node node = site.node();
      Map<String, Object> request = node.request(node.challenge());

      KmsHttp.Answer answer = other.http().post("/get-key", request);
      assertThat(answer.text("key"))
          .isEqualTo(site.keyAt("merod/storage/locked-read-only/" + node.peerId()));
      assertThat(getKey(site.http, request)).isEqualTo("invalid_challenge");
      assertThat(node.at(other.http()).getKey().text("key")).isEqualTo(answer.text("key"));
    }
  }

  @Test
  void restartEndsNoChallengeAndBringsNoneBack() throws Exception {
    try (RedisServer store = RedisServer.single(folder);
        Site site = site(store)) {
      Node node = site.node();
      Map<String, Object> used;
      Map<String, Object> unused;
      try (Site.Another before = site.another()) {
        Node there = node.at(before.http());
        used = node.request(there.challenge());
        unused = node.request(there.challenge());
        assertThat(getKey(before.http(), used)).isEqualTo("ok");
      }
      try (Site.Another after = site.another()) {
        assertThat(getKey(after.http(), used)).isEqualTo("invalid_challenge");
        assertThat(getKey(after.http(), unused)).isEqualTo("ok");
      }
    }
  }

  @Test
  void storeThatIsGoneIsSaidAndUsedAgainWhenItIsBack() throws Exception {
    try (RedisServer store = RedisServer.single(folder);
        Site site = site(store)) {
      Node node = site.node();
      assertThat(node.getKey().outcome()).isEqualTo("ok");
      assertThat(site.http.get("/ready").json().at("/challengeStore/ready").booleanValue())
          .isTrue();
      store.kill();

      KmsHttp.Answer refused = node.getKey();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.outcome()).isEqualTo("challenge_store_unavailable");
      site.clock.advance(Duration.ofSeconds(5));
      KmsHttp.Answer notReady = site.http.get("/ready");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.json().get("reasons").toString())
          .contains("challengeStore: nobody answers at REDIS_URL")
          .doesNotContain(RedisServer.PASSWORD, String.valueOf(store.port()));

      store.restart();
      assertThat(node.getKey().outcome()).isEqualTo("ok");
      site.clock.advance(Duration.ofSeconds(5));
      assertThat(site.http.get("/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void storeThatIsNotThereAtTheStartIsUsedOnceItIs() throws Exception {
    try (RedisServer store = RedisServer.single(folder)) {
      store.kill();
      try (Site site = site(store)) {
        assertThat(site.node().getKey().outcome()).isEqualTo("challenge_store_unavailable");
        store.restart();
        assertThat(site.node().getKey().outcome()).isEqualTo("ok");
      }
    }
  }

  @Test
  void withoutItsKeyThereAreNoChallengesUntilThePlatformGivesIt() throws Exception {
    try (RedisServer store = RedisServer.single(folder);
        Site site = site(store)) {
      site.agent.fault("GetKey", new AgentFault.Disconnect());
      KmsHttp.Answer refused = site.http.post("/challenge", Map.of("peerId", site.node().peerId()));
      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.outcome()).isEqualTo("key_derivation_failed");

      site.agent.clearFaults();
      assertThat(site.node().getKey().outcome()).isEqualTo("ok");
    }
  }

  @Test
  void withoutASharedStoreReadinessDoesNotSpeakOfOne() throws IOException {
    try (Site site = Site.open()) {
      assertThat(site.http.get("/ready").json().has("challengeStore")).isFalse();
    }
  }
}
