package network.calimero.tee.kms.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RefusalBudget budget = new RefusalBudget(nanos::get);

  @Test
  void aFloodOfRefusalsIsCountedInPlaceOfTold() {
    for (int i = 0; i < RefusalBudget.PER_SECOND; i++) {
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
