package network.calimero.tee.kms.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void pausesDoubleUpToTheLimitLessARandomPart() {
    Backoff longest = Backoff.usual(always(0));
    assertThat(longest.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(longest.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(longest.after(9)).isEqualTo(Duration.ofSeconds(256));
    assertThat(longest.after(10)).isEqualTo(Duration.ofMinutes(5));
    assertThat(longest.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));

    Backoff shortest = Backoff.usual(always(-1L));
    assertThat(shortest.after(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
    assertThat(shortest.after(100)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(151));
  }

  private static RandomGenerator always(long bits) {
    return () -> bits;
  }
}
