package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/** A connection to a KMS with no more of HTTP than its answers need: it must cost little. */
final class Connection implements AutoCloseable {
  private static final int MAX_LINE = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private boolean last;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static Connection open(URI kms) throws IOException {
    return new Connection(new Socket(kms.getHost(), kms.getPort()));
  }

  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  /**
   * Reads one answer. After an answer that says that it is the last one the connection is closed.
   */
  Answer readAnswer() throws IOException {
    int length = 0;
    String line = readLine();
    int status = status(line);
    while (!line.isEmpty()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
      last |= header.equals("connection: close");
      line = readLine();
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("half an answer");
    }
    if (last) {
      close();
    }
    return new Answer(status, new String(body, UTF_8));
  }

  /** Whether there is no further answer on it. */
  boolean isOver() {
    return last;
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[1].matches("\\d{3}")) {
      throw new IOException("no answer of HTTP");
    }
    return Integer.parseInt(words[1]);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new EOFException("no line of HTTP");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** An answer's status and body. */
  record Answer(int status, String body) {}
}
