package network.calimero.tee.kms.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeptKeyTest {
  private static KeptKey.Derivation<String> hanging(CountDownLatch asked, CountDownLatch answer) {
    return () -> {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new KeyDerivationException("interrupted", e);
      }
      return "the key";
    };
  }

  @Test
  void whoWaitsForAPlatformThatHangsIsSentAwayAfterAWhile() throws Exception {
    KeptKey<String> key = new KeptKey<>(Duration.ofMillis(1));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first = threads.submit(() -> key.get(hanging(asked, answer)));
      asked.await();

      assertThatThrownBy(() -> key.get(() -> "another"))
          .isInstanceOf(KeyDerivationException.class)
          .hasMessageContaining("others wait");
      assertThat(key.kept()).isEmpty();

      answer.countDown();
      assertThat(first.get()).isEqualTo("the key");
      assertThat(key.get(() -> "another")).isEqualTo("the key");
      assertThat(key.kept()).contains("the key");
    }
  }

  @Test
  void whoComesAfterAFailureDerivesItAnew() throws Exception {
    KeptKey<String> key = new KeptKey<>(Duration.ofMillis(1));
    assertThatThrownBy(() ->
            key.get(() -> {
              throw new KeyDerivationException("no answer");
            }))
        .hasMessageContaining("no answer");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.submit(() -> key.get(() -> "the key")).get()).isEqualTo("the key");
    }
  }

  @Test
  void whoIsInterruptedWhileWaitingStaysSo() {
    KeptKey<String> key = new KeptKey<>();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> key.get(() -> "the key"))
        .isInstanceOf(KeyDerivationException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(key.kept()).isEmpty();
  }
}
