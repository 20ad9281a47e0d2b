package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import network.calimero.tee.kms.server.http.HttpLimits;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void requestInFlightIsAnsweredBeforeTheServerIsClosed() throws Exception {
    try (Site site = Site.open()) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      KmsPorts slow =
          new KmsPorts(
              path -> {
                asked.countDown();
                awaitQuietly(go);
                return site.ports().keys().derive(path);
              },
              site.ports().quotes(),
              site.ports().backend(),
              site.ports().verifier(),
              site.ports().collateral(),
              site.ports().collateralStatus(),
              site.ports().clock(),
              site.ports().freshness(),
              site.ports().random());
      KmsServer server =
          KmsServer.start(site.config(), slow, HttpLimits.DEFAULT, new RecordedLog());
      try (KmsHttp http = new KmsHttp(server.address())) {
        Node node = new Node(http, site.platform.launch(Site.NODE_IMAGE));
        Map<String, Object> request = node.request(node.challenge());
        var answer = CompletableFuture.supplyAsync(() -> http.post("/get-key", request).outcome());
        asked.await();
        Thread closing = Thread.ofVirtual().start(server::close);
        while (accepts(server.address())) {
          Thread.onSpinWait();
        }
        go.countDown();

        assertThat(answer.get()).isEqualTo("ok");
        closing.join();
      }
    }
  }

  private static boolean accepts(URI address) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
