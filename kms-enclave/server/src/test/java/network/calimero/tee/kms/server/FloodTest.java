package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An honest node among strangers. How long it takes is printed, not asserted: machines differ. */
class FloodTest {
  private static final int CONNECTIONS = 64;

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1~Host: kms~Content-Type: application/json~Content-Length: %d~~%s"
        .formatted(path, body.length(), body);
  }

  /** One thread that keeps many connections busy with one request each until told to stop. */
  private static Thread flood(
      Site site, String request, CountDownLatch begun, AtomicBoolean stop, AtomicLong count) {
    return Thread.ofPlatform()
        .start(() -> {
          List<RawSocket> sockets = new ArrayList<>();
          try {
            for (int i = 0; i < CONNECTIONS; i++) {
              sockets.add(new RawSocket(site.kms.address()));
            }
            while (!stop.get()) {
              for (RawSocket socket : sockets) {
                socket.send(request);
              }
              for (int i = 0; i < CONNECTIONS; i++) {
                boolean last = sockets.get(i).readAnswer().contains("Connection: close");
                count.incrementAndGet();
                if (last) {
                  sockets.get(i).close();
                  sockets.set(i, new RawSocket(site.kms.address()));
                }
              }
              begun.countDown();
            }
            for (RawSocket socket : sockets) {
              socket.close();
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void honestNodeGetsItsKeyAmong(String name, Site site, String request)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(20);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong count = new AtomicLong();
    Thread stranger = flood(site, request, begun, stop, count);
    begun.await();
    long start = System.nanoTime();
    KmsHttp.Answer answer = site.node().getKey();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    stop.set(true);
    stranger.join();

    System.out.printf(
        "key among %s: %d ms (%d strangers' requests answered)%n",
        name, took.toMillis(), count.get());
    assertThat(answer.outcome()).isEqualTo("ok");
  }

  @Test
  void honestNodeGetsItsKeyWhileStrangersSendWhatCostsMost() throws Exception {
    try (Site site = Site.open()) {
      assertThat(site.node().getKey().outcome()).isEqualTo("ok");
      Node stranger = site.node();
      Node.Challenge challenge = stranger.challenge();
      byte[] forged = stranger.quote(challenge);
      forged[48 + 136] ^= 1; // MRTD: a genuine chain, the right nonce, and a forged measurement
      Map<String, Object> costly = stranger.request(challenge, forged);

      honestNodeGetsItsKeyAmong("bodies that are no JSON", site, post("/get-key", "{".repeat(200)));
      honestNodeGetsItsKeyAmong(
          "requests for challenges",
          site,
          post("/challenge", "{\"peerId\":\"" + stranger.peerId() + "\"}"));
      honestNodeGetsItsKeyAmong(
          "forged quotes", site, post("/get-key", JsonMapper.shared().writeValueAsString(costly)));
    }
  }
}
