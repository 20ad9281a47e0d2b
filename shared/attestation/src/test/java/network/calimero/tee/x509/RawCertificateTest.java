package network.calimero.tee.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawCertificateTest {
  @ParameterizedTest
  @CsvSource({
    "16384, element of tag 0x00 where 0x30 belongs",
    "16385, certificate of 16385 bytes",
  })
  void isReadUpToItsGreatestSize(int size, String reason) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> RawCertificate.parse(Bytes.of(zeros(size)), Set.of()))
        .withMessage(reason);
  }

  /** An element of tag 0 that reaches to the end. */
  private static byte[] zeros(int size) {
    byte[] bytes = new byte[size];
    bytes[1] = (byte) 0x82;
    bytes[2] = (byte) ((size - 4) >> 8);
    bytes[3] = (byte) (size - 4);
    return bytes;
  }

  @Test
  void attributeOfANameIsATypeAndAValue() throws Exception {
    assertThat(DistinguishedName.read(name("300706035504030500", ""))).isNotNull();
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> DistinguishedName.read(name("300906035504030500", "0500")))
        .withMessage("2 bytes after the end");
  }

  private static Der name(String attribute, String more) {
    String set = attribute + more;
    String relative = "31%02x".formatted(set.length() / 2) + set;
    return new Der(Bytes.fromHex("30%02x".formatted(relative.length() / 2) + relative));
  }
}
