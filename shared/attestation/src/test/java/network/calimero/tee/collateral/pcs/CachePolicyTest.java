package network.calimero.tee.collateral.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CachePolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static CachePolicy policy(int entries, int fetches, Duration refreshAfter) {
    return new CachePolicy(
        entries, fetches, 1, refreshAfter, SECOND, SECOND.multipliedBy(9), SECOND);
  }

  /** Intel's word of today is not to be missed for longer (kms-config.md). */
  @Test
  void everythingIsAskedForAgainOnceADayOrMoreOften() {
    Duration day = Duration.ofDays(1);

    assertThat(policy(8, 3, day).refreshAfter()).isEqualTo(day);
    assertThatIllegalArgumentException().isThrownBy(() -> policy(8, 3, day.plusNanos(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> policy(8, 3, Duration.ZERO));
  }

  @Test
  void thereIsRoomForWhatOnePlatformNeeds() {
    assertThatIllegalArgumentException().isThrownBy(() -> policy(7, 3, SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> policy(8, 2, SECOND));
  }

  @Test
  void pausesAfterFailuresDoubleUpToTheLast() {
    CachePolicy policy = policy(8, 3, SECOND);

    assertThat(policy.pause(1)).isEqualTo(SECOND);
    assertThat(policy.pause(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(policy.pause(5)).isEqualTo(Duration.ofSeconds(9));
    assertThat(policy.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(9));
  }
}
