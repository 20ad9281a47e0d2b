package network.calimero.tee.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictBase64Test {
  @Test
  void whatIsEncodedDecodesToItself() {
    Random random = new Random(1);
    for (int length = 0; length < 70; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(StrictBase64.decode(StrictBase64.encode(bytes), length)).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "QQ,        multiple of 4",
    "QUI,       multiple of 4",
    "QQ=,       multiple of 4",
    "QR==,      stray bits",
    "QUJ=,      stray bits",
    "====,      does not belong",
    "Q===,      does not belong",
    "QQ==QQ==,  does not belong",
    "Q=Q=,      does not belong",
    "QU-_,      does not belong",
    "'QUI\n',   does not belong",
    "' QUI',    does not belong",
    "QUIé,      does not belong",
    "QUIŁ,      does not belong"
  })
  void everyOtherSpellingIsRefusedWithItsReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictBase64.decode(text, 100))
        .withMessageContaining(reason);
  }

  @Test
  void theBoundIsOnDecodedBytes() {
    assertThat(StrictBase64.decode("QUI=", 2)).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictBase64.decode("QUJD", 2))
        .withMessage("base64 of 3 bytes; at most 2 are allowed");
  }
}
