package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TdAttributesTest {
  @ParameterizedTest
  @MethodSource("bits")
  void everyBitHasItsMeaningAndNoOther(int bit) {
    TdAttributes attributes = withBits(bit);
    assertThat(attributes.bits()).isEqualTo(1L << bit);
    assertThat(attributes).hasToString("%016x".formatted(Long.reverseBytes(1L << bit)));
    assertThat(attributes.isDebug()).isEqualTo(bit == 0);
    assertThat(attributes.septVeDisable()).isEqualTo(bit == 28);
    assertThat(attributes.isMigratable()).isEqualTo(bit == 29);
    assertThat(attributes.protectionKeys()).isEqualTo(bit == 30);
    assertThat(attributes.keyLocker()).isEqualTo(bit == 31);
    assertThat(attributes.performanceMonitoring()).isEqualTo(bit == 63);
    boolean defined = bit == 0 || bit == 28 || bit == 30 || bit == 31 || bit == 63;
    assertThat(attributes.reservedBits()).isEqualTo(defined ? 0 : 1L << bit);
  }

  @Test
  void theUsualOnesInWords() {
    assertThat(AttributeText.of(withBits(28))).isEqualTo("DEBUG off, SEPT_VE_DISABLE on");
  }

  @Test
  void theOthersInWords() {
    assertThat(AttributeText.of(withBits(0, 1, 29, 30, 31, 62, 63)))
        .isEqualTo(
            "DEBUG ON (the host can read and change it; it keeps no secret), SEPT_VE_DISABLE OFF"
                + " (the host can inject exceptions), PKS on, KL on, PERFMON on, MIGRATABLE ON"
                + " (not accepted), reserved bit 1 ON (not accepted), reserved bit 62 ON"
                + " (not accepted)");
  }

  static IntStream bits() {
    return IntStream.range(0, 64);
  }

  private static TdAttributes withBits(int... bits) {
    byte[] bytes = new byte[8];
    for (int bit : bits) {
      bytes[bit / 8] |= (byte) (1 << bit % 8);
    }
    return new TdAttributes(Bytes.of(bytes));
  }
}
