package network.calimero.tee.kms.server.redis;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A connection to a store that bounds what it can do: its replies go through a {@link ReplyGuard},
 * and each must be there in full within a time of what was sent last.
 */
final class GuardedSocket extends Socket {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final ReplyGuard guard = new ReplyGuard();
  private volatile long deadline;

  /**
   * Around a connected socket, which belongs to this one from now on.
   *
   * @param nanoTime goes forward only
   */
  GuardedSocket(Socket socket, Duration patience, LongSupplier nanoTime) {
    this.socket = socket;
    this.patienceNanos = patience.toNanos();
    this.nanoTime = nanoTime;
    this.deadline = nanoTime.getAsLong() + patienceNanos;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        long millis = (deadline - nanoTime.getAsLong()) / NANOS_PER_MILLI;
        if (millis <= 0) {
          throw new SocketTimeoutException("no whole reply in time");
        }
        socket.setSoTimeout((int) millis);
        int count = in.read(bytes, offset, length);
        if (count > 0) {
          guard.see(bytes, offset, count);
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(socket.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        deadline = nanoTime.getAsLong() + patienceNanos;
        out.write(bytes, offset, length);
      }
    };
  }

  /** Has no effect: the time for a reply is not the reader's to choose. */
  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public int getSoTimeout() {
    return (int) (patienceNanos / NANOS_PER_MILLI);
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isBound() {
    return socket.isBound();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
