package network.calimero.tee.kms.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Lets everybody in, and answers every question with the same bytes, again and again. */
final class HostileStore implements AutoCloseable {
  private static final String LOGGED_IN = "*2\r\n$5\r\nproto\r\n:2\r\n";

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  private final byte[] answer;

  HostileStore(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.US_ASCII);
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void listen() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void answer(Socket client) {
    try (client;
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream()) {
      byte[] question = new byte[4096];
      in.read(question);
      out.write(LOGGED_IN.getBytes(StandardCharsets.US_ASCII));
      while (in.read(question) > 0) {
        for (int i = 0; i < 10_000; i++) {
          out.write(answer);
        }
      }
    } catch (IOException _) {
      // The client has had enough.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
