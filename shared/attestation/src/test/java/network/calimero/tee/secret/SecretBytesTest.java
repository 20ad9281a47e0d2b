package network.calimero.tee.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  private static final byte[] CONTENT = {1, 2, 3, 4};

  @Test
  void opensToItsContent() {
    try (SecretBytes secret = SecretBytes.copyOf(CONTENT)) {
      assertThat(secret.length()).isEqualTo(4);
      assertThat(secret.<Integer, RuntimeException>use(bytes -> bytes[0] + bytes[3])).isEqualTo(5);
    }
  }

  @Test
  void wipesWhatItOpenedEvenWhenTheOpenerFails() {
    AtomicReference<byte[]> kept = new AtomicReference<>();
    try (SecretBytes secret = SecretBytes.copyOf(CONTENT)) {
      assertThatThrownBy(() ->
              secret.use(bytes -> {
                kept.set(bytes);
                throw new IllegalArgumentException("opener failed");
              }))
          .hasMessage("opener failed");
      assertThat(kept.get()).containsOnly(0);
      assertThat(secret).isEqualTo(SecretBytes.copyOf(CONTENT));
    }
  }

  @Test
  void movingEmptiesTheSource() {
    byte[] source = CONTENT.clone();
    try (SecretBytes secret = SecretBytes.moveFrom(source)) {
      assertThat(source).containsOnly(0);
      assertThat(secret).isEqualTo(SecretBytes.copyOf(CONTENT));
    }
  }

  @Test
  void copyingLeavesTheSource() {
    byte[] source = CONTENT.clone();
    try (SecretBytes secret = SecretBytes.copyOf(source)) {
      source[0] = 9;
      assertThat(secret).isEqualTo(SecretBytes.copyOf(CONTENT));
    }
  }

  @Test
  void cannotBeOpenedOnceClosed() {
    SecretBytes secret = SecretBytes.copyOf(CONTENT);
    secret.close();
    secret.close();
    assertThatThrownBy(() -> secret.use(bytes -> bytes.length))
        .isInstanceOf(IllegalStateException.class);
    assertThat(secret).isNotEqualTo(SecretBytes.copyOf(new byte[4]));
    assertThat(SecretBytes.copyOf(new byte[4])).isNotEqualTo(secret);
  }

  @Test
  void differsByContentAndByLength() {
    SecretBytes secret = SecretBytes.copyOf(CONTENT);
    assertThat(secret)
        .isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3, 5}))
        .isNotEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(SecretBytes.copyOf(new byte[] {1, 2, 3, 5}));
  }

  @Test
  void showsNothing() {
    assertThat(SecretBytes.copyOf(CONTENT)).hasToString("[secret]");
  }
}
