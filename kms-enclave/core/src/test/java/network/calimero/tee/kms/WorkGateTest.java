package network.calimero.tee.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

  @Test
  void whoFindsManyWaitingIsSentAwayAtOnce() throws Exception {
    WorkGate gate = new WorkGate(1, Duration.ofDays(1));
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> inside = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
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
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      inside.add(thread);
    }

    KmsException refused =
        catchThrowableOfType(KmsException.class, () -> gate.pass(() -> "too many"));
    assertThat(refused.error()).isEqualTo(KmsError.RATE_LIMITED);

    leave.countDown();
    for (Thread thread : inside) {
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
