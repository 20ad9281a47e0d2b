package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void settingTheWallClockAfterTheStartChangesNothing() {
    AtomicReference<Instant> wall = new AtomicReference<>(START);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    SteadyClock clock = new SteadyClock(wall::get, nanos::get);

    wall.set(START.minusSeconds(86_400));
    nanos.addAndGet(3_000_000_000L);

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
  }
}
