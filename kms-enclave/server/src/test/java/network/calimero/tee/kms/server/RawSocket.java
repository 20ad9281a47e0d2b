package network.calimero.tee.kms.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which anything can be said. */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  RawSocket(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a text in which every tilde stands for the end of a line. */
  RawSocket send(String text) throws IOException {
    byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** One answer, by its Content-Length. */
  String readAnswer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) readByte());
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
            .findFirst()
            .orElse(0);
    return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  private int readByte() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new IOException("the connection ended");
    }
    return b;
  }

  /**
   * Sends a byte whenever nothing has come for a while, until the server has had enough.
   *
   * @return what the server said before it closed the connection
   */
  String drip(char c, int everyMillis) throws IOException {
    socket.setSoTimeout(everyMillis);
    StringBuilder heard = new StringBuilder();
    try {
      while (true) {
        try {
          int b = in.read();
          if (b < 0) {
            return heard.toString();
          }
          heard.append((char) b);
        } catch (SocketTimeoutException e) {
          send(String.valueOf(c));
        }
      }
    } catch (IOException e) {
      return heard.toString();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
