package network.calimero.tee.kms.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import org.junit.jupiter.api.Test;

class ClusterNoncesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final ClusterNonces nonces = new ClusterNonces(new SecureRandom());

  @Test
  void nonceIsGoodOnce() throws Exception {
    Bytes nonce = nonces.issue(NOW);

    assertThat(nonce.length()).isEqualTo(32);
    assertThat(nonces.use(nonce, NOW)).isTrue();
    assertThat(nonces.use(nonce, NOW)).isFalse();
  }

  @Test
  void nonceIsGoodForSixtySeconds() throws Exception {
    Bytes last = nonces.issue(NOW);
    Bytes late = nonces.issue(NOW);

    assertThat(nonces.use(last, NOW.plusMillis(59_999))).isTrue();
    assertThat(nonces.use(late, NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void nonceOfSomebodyElseIsNotGood() throws Exception {
    nonces.issue(NOW);

    assertThat(nonces.use(Bytes.of(new byte[32]), NOW)).isFalse();
  }

  @Test
  void atMost1024AreOutstandingAndRoomComesByUseAndByTime() throws Exception {
    Set<Bytes> issued = new HashSet<>();
    issued.add(nonces.issue(NOW));
    for (int i = 1; i < 1_024; i++) {
      issued.add(nonces.issue(NOW.plusSeconds(10)));
    }
    assertThat(issued).hasSize(1_024);
    assertThatThrownBy(() -> nonces.issue(NOW.plusSeconds(10)))
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> {
              assertThat(e.error()).isEqualTo(KmsError.RATE_LIMITED);
              assertThat(e.retryAfterSeconds()).contains(50L);
            });

    Bytes next = nonces.issue(NOW.plusSeconds(60));
    assertThatThrownBy(() -> nonces.issue(NOW.plusSeconds(60))).isInstanceOf(KmsException.class);
    assertThat(nonces.use(next, NOW.plusSeconds(60))).isTrue();
    assertThat(nonces.issue(NOW.plusSeconds(60))).isNotEqualTo(next);
  }
}
