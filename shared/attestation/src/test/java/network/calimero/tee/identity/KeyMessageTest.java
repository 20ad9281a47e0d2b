package network.calimero.tee.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMessageTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383})
  void comesBackFromItsEncodingWhateverTheLengthOfItsData(int size) {
    byte[] data = new byte[size];
    KeyMessage message = KeyMessage.decode(KeyMessage.encode(KeyType.RSA, data)).orElseThrow();
    assertThat(message.data()).isEqualTo(data);
    assertThat(message.type()).isEqualTo(KeyType.RSA.code());
  }

  @Test
  void hasAtMost16383BytesOfData() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyMessage.encode(KeyType.RSA, new byte[16_384]));
  }
}
