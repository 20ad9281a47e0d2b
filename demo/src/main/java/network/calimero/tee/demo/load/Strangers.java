package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Strangers who follow their habit as fast as one thread can. */
final class Strangers implements AutoCloseable {
  private final Habit habit;
  private final AtomicLong answered = new AtomicLong();
  private final long start = System.nanoTime();
  private final Thread thread;
  private volatile boolean stopping;

  private Strangers(Habit habit) {
    this.habit = habit;
    this.thread = Thread.ofPlatform().name("strangers").unstarted(this::send);
  }

  static Strangers start(Habit habit) {
    Strangers strangers = new Strangers(habit);
    strangers.thread.start();
    return strangers;
  }

  /** A post of JSON as it travels. */
  static byte[] post(String path, byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\nHost: kms\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length);
    byte[] first = head.getBytes(ISO_8859_1);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  private void send() {
    try (habit) {
      while (!stopping) {
        answered.addAndGet(habit.round());
      }
    } catch (IOException e) {
      System.err.println("strangers are shut out: " + e);
    }
  }

  /** Requests answered per second so far. */
  long perSecond() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return Math.round(answered.get() / seconds);
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
