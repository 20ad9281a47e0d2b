package network.calimero.tee.kms.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import network.calimero.tee.kms.cluster.JoinException;
import network.calimero.tee.kms.cluster.JoinFault;
import org.junit.jupiter.api.Test;

class PeerClientTest {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static JoinException failure(String base, Duration deadline) {
    try (HttpClient client = PeerClient.newClient(CONNECT)) {
      PeerClient peer = new PeerClient(client, URI.create(base), deadline);
      JoinException failure = catchThrowableOfType(JoinException.class, peer::nonce);
      client.shutdownNow();
      return failure;
    }
  }

  @Test
  void peerThatIsNotThereIsSaidToBe() {
    JoinException failure = failure("http://127.0.0.1:1/", Duration.ofSeconds(30));

    assertThat(failure.fault()).isEqualTo(JoinFault.PEER);
    assertThat(failure).hasMessageContaining("no connection");
  }

  @Test
  void peerThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JoinException failure =
          failure("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(100));

      assertThat(failure).hasMessageContaining("no complete answer");
    }
  }

  @Test
  void peerWhoseAnswerNeverEndsIsGivenUp() throws IOException {
    try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerWithoutEnd(endless));
      JoinException failure =
          failure("http://127.0.0.1:" + endless.getLocalPort(), Duration.ofSeconds(1));

      assertThat(failure).hasMessageContaining("no complete answer");
    }
  }

  /** Headers of a success, and the first byte of a hundred. */
  private static void answerWithoutEnd(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client gave up, as it should.
    }
  }
}
