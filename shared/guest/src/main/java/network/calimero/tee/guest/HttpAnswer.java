package network.calimero.tee.guest;

import java.util.Arrays;

/** A complete answer. It may hold a key: its body is overwritten on close. */
final class HttpAnswer implements AutoCloseable {

  private final int status;
  private final byte[] body;

  /** Takes the array over. */
  HttpAnswer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  /** Not a copy. */
  byte[] body() {
    return body;
  }

  @Override
  public void close() {
    Arrays.fill(body, (byte) 0);
  }
}
