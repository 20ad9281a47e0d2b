package network.calimero.tee.functions.api;

import java.util.concurrent.Semaphore;

/**
 * Bounds how many bytes of large bodies are worked on at once: JSON that strangers write can take
 * thirty-five times its size once it is parsed. Small bodies are not counted, so that who sends
 * large ones keeps nobody else out. For several threads.
 */
final class LargeBodies {
  /** Bytes up to which a body is small: evidence with its event log seldom has more. */
  static final int SMALL = 128 * 1024;

  /** Bytes of all large bodies together. */
  private static final int MOST = 4 * 1024 * 1024;

  private final Semaphore left = new Semaphore(MOST);

  /**
   * Takes a body in hand, or refuses it.
   *
   * @param size bytes
   * @return what {@link #done} is to be told afterwards
   */
  int enter(int size) throws ApiException {
    int counted = size <= SMALL ? 0 : Math.min(size, MOST);
    if (!left.tryAcquire(counted)) {
      throw new ApiException(ApiProblem.BUSY, "other large bodies are being worked on");
    }
    return counted;
  }

  void done(int counted) {
    left.release(counted);
  }
}
