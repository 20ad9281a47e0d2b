package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Requests ahead of their answers: on every connection as many as it takes, all the time. Answers
 * are counted and thrown away.
 */
final class Ahead implements Habit {
  private static final int REQUESTS_AT_A_TIME = 64;
  private static final int READ_BUFFER = 64 * 1024;
  private static final int WAIT_MILLIS = 100;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);

  private final InetSocketAddress kms;
  private final ByteBuffer requests;
  private final Selector selector;
  private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BUFFER);

  Ahead(URI kms, byte[] request) throws IOException {
    this.kms = new InetSocketAddress(kms.getHost(), kms.getPort());
    this.selector = Selector.open();
    this.requests = ByteBuffer.allocateDirect(request.length * REQUESTS_AT_A_TIME);
    for (int i = 0; i < REQUESTS_AT_A_TIME; i++) {
      requests.put(request);
    }
    requests.flip();
  }

  @Override
  public int round() throws IOException {
    while (selector.keys().size() < CONNECTIONS) {
      connect();
    }
    int[] answers = new int[1];
    selector.select(key -> answers[0] += serve(key), WAIT_MILLIS);
    return answers[0];
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open(kms);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(
        selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, new Progress(requests.duplicate()));
  }

  private int serve(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Progress progress = (Progress) key.attachment();
    try {
      int answers = key.isReadable() ? answers(channel, progress) : 0;
      if (key.isWritable()) {
        channel.write(progress.unsent);
        if (!progress.unsent.hasRemaining()) {
          progress.unsent.clear();
        }
      }
      return answers;
    } catch (IOException e) {
      close(key);
      return 0;
    }
  }

  /** Bodies are JSON in one line, so that an empty line ends a head and nothing else. */
  private int answers(SocketChannel channel, Progress progress) throws IOException {
    int answers = 0;
    if (channel.read(read.clear()) < 0) {
      throw new IOException("the server closed it");
    }
    read.flip();
    while (read.hasRemaining()) {
      byte b = read.get();
      if (b != END_OF_HEAD[progress.matched]) {
        progress.matched = b == END_OF_HEAD[0] ? 1 : 0;
      } else if (++progress.matched == END_OF_HEAD.length) {
        progress.matched = 0;
        answers++;
      }
    }
    return answers;
  }

  @Override
  public void close() {
    selector.keys().forEach(Ahead::close);
    try {
      selector.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private static void close(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** How far one connection is. */
  private static final class Progress {
    private final ByteBuffer unsent;
    private int matched;

    Progress(ByteBuffer unsent) {
      this.unsent = unsent;
    }
  }
}
