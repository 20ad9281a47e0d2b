package network.calimero.tee.kms.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LineBudget budget = new LineBudget(nanos::get);

  @Test
  void aFloodOfLinesIsCountedInPlaceOfTold() {
    for (int i = 0; i < LineBudget.PER_SECOND; i++) {
      assertThat(budget.take()).isZero();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(budget.take()).isNegative();
    }

    nanos.addAndGet(1_000_000_000L);

    assertThat(budget.take()).isEqualTo(1_000);
    assertThat(budget.take()).isZero();
  }
}
