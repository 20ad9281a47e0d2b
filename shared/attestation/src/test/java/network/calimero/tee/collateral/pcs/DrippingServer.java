package network.calimero.tee.collateral.pcs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Answers without end: a head at once, then a byte of body now and then. */
final class DrippingServer implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final byte[] head;

  private DrippingServer(String head) throws IOException {
    this.head = head.getBytes(StandardCharsets.US_ASCII);
    threads.execute(this::accept);
  }

  /** Drips the body of a success. */
  static DrippingServer inBody() throws IOException {
    return new DrippingServer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
  }

  /** Drips a header that never ends. */
  static DrippingServer inHead() throws IOException {
    return new DrippingServer("HTTP/1.1 200 OK\r\nSGX-PCK-CRL-Issuer-Chain: ");
  }

  PcsBase base() {
    return PcsBase.of("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> drip(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void drip(Socket client) {
    try (client) {
      OutputStream out = client.getOutputStream();
      out.write(head);
      while (!socket.isClosed()) {
        out.write('0');
        out.flush();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException e) {
      // The client has had enough, as it should.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
