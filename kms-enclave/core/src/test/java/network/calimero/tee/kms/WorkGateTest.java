package network.calimero.tee.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class WorkGateTest {
  @Test
  void whoFindsNoPlaceInTimeIsSentAwayAndThePlaceIsFreeAgainAfterwards() throws Exception {
    WorkGate gate = new WorkGate(1, Duration.ofMillis(1));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread occupant =
        Thread.ofVirtual()
            .start(() -> {
              try {
                gate.pass(() -> {
                  inside.countDown();
                  await(leave);
                  return "done";
                });
              } catch (KmsException e) {
                throw new IllegalStateException(e);
              }
            });
    inside.await();

    KmsException refused =
        catchThrowableOfType(KmsException.class, () -> gate.pass(() -> "too many"));
    assertThat(refused.error()).isEqualTo(KmsError.RATE_LIMITED);
    assertThat(refused.retryAfterSeconds()).contains(1L);

    leave.countDown();
    occupant.join();
    assertThat(gate.pass(() -> "in")).isEqualTo("in");
  }

  /** One inside and the others waiting, until they may leave. */
  private static List<Thread> crowd(int size, WorkGate gate, CountDownLatch leave) {
    List<Thread> crowd = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  gate.pass(() -> {
                    await(leave);
                    return "done";
                  });
                } catch (KmsException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (thread.isAlive()
          && thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      crowd.add(thread);
    }
    return crowd;
  }

  @Test
  void whoFindsHundredsWaitingGetsItsTurnAndIsNotLeftToComeBackSoonerThanThey() throws Exception {
    WorkGate gate = new WorkGate(1, Duration.ofDays(1));
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> crowd = crowd(300, gate, leave);
    FutureTask<String> newcomer = new FutureTask<>(() -> gate.pass(() -> "in"));
    Thread.ofVirtual().start(newcomer);

    leave.countDown();

    assertThat(newcomer.get()).isEqualTo("in");
    for (Thread thread : crowd) {
      thread.join();
    }
  }

  @Test
  void whoFindsTooManyWaitingIsSentAwayAtOnce() throws Exception {
    WorkGate gate = new WorkGate(1, Duration.ofDays(1));
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> crowd = crowd(WorkGate.MAX_WAITING + 1, gate, leave);

    KmsException refused =
        catchThrowableOfType(KmsException.class, () -> gate.pass(() -> "too many"));
    assertThat(refused.error()).isEqualTo(KmsError.RATE_LIMITED);

    leave.countDown();
    for (Thread thread : crowd) {
      thread.join();
    }
  }

  @Test
  void workThatFailsLeavesItsPlace() throws KmsException {
    WorkGate gate = new WorkGate(1, Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      KmsException refused =
          catchThrowableOfType(
              KmsException.class,
              () ->
                  gate.pass(() -> {
                    throw new KmsException(KmsError.INVALID_SIGNATURE, "no");
                  }));
      assertThat(refused.error()).isEqualTo(KmsError.INVALID_SIGNATURE);
    }
    assertThat(gate.pass(() -> "in")).isEqualTo("in");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
