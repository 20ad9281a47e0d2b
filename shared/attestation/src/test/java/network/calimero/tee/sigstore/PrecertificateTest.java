package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecertificateTest {
  @ParameterizedTest
  @CsvSource({
    "0, 3000",
    "1, 3001",
    "127, 307f",
    "128, 308180",
    "255, 3081ff",
    "256, 30820100",
    "16384, 30824000",
    "65535, 3082ffff",
  })
  void lengthsAreMinimal(int length, String header) throws Exception {
    Bytes content = Bytes.of(new byte[length]);
    Bytes element = Bytes.of(Precertificate.element(Der.SEQUENCE, content.toArray()));

    assertThat(element.hex()).isEqualTo(header + content.hex());
    assertThat(Der.only(element, Der.SEQUENCE).content()).isEqualTo(content);
  }
}
