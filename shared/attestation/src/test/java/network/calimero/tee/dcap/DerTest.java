package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DER, read strictly: one spelling per value. */
class DerTest {
  private interface Reading<T> {
    T of(Der der) throws MalformedException;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''           | ends too early",
        "04           | ends too early",
        "0401         | element of 1 bytes reaches past the end",
        "0481         | ends too early",
        "048200       | ends too early",
        "04820100     | element of 256 bytes reaches past the end",
        "0480         | length of indefinite or unreasonable form",
        "048400000001 | length of indefinite or unreasonable form",
        "04ff         | length of indefinite or unreasonable form",
        "04817f       | length is not minimal",
        "0482007f     | length is not minimal",
        "048200ff     | length is not minimal",
        "04830000ff   | length is not minimal",
        "0483ffffff   | element of 16777215 bytes reaches past the end",
        "1f0100       | element with a long tag",
        "bf0100       | element with a long tag",
      })
  void elementsThatAreNone(String hex, String cause) {
    refused(hex, Der::next, cause);
  }

  @Test
  void elementsAreRangesOfWhatWasRead() throws Exception {
    Der der = new Der(Bytes.fromHex("0402aabb0500"));
    assertThat(der.nextIs(Der.OCTET_STRING)).isTrue();
    assertThat(der.nextIs(Der.INTEGER)).isFalse();
    Der.Element first = der.next(Der.OCTET_STRING);
    assertThat(first.whole().hex()).isEqualTo("0402aabb");
    assertThat(first.content().hex()).isEqualTo("aabb");
    assertThat(der.hasNext()).isTrue();
    assertThat(der.next().content().isEmpty()).isTrue();
    assertThat(der.hasNext()).isFalse();
    assertThat(der.nextIs(Der.OCTET_STRING)).isFalse();
    der.end();
  }

  @Test
  void longLengthsAreRead() throws Exception {
    for (int length : new int[] {127, 128, 255, 256, 65_535, 65_536}) {
      String size =
          length < 0x80
              ? "%02x".formatted(length)
              : length < 0x100
                  ? "81%02x".formatted(length)
                  : length < 0x10000 ? "82%04x".formatted(length) : "83%06x".formatted(length);
      Bytes bytes = Bytes.fromHex("04" + size + "00".repeat(length));
      assertThat(Der.only(bytes, Der.OCTET_STRING).content().length()).isEqualTo(length);
    }
  }

  @Test
  void nothingMayFollowTheOnlyElement() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Der.only(Bytes.fromHex("0500aabb"), 5))
        .withMessage("2 bytes after the end");
  }

  @ParameterizedTest
  @CsvSource({
    "020100,       0",
    "02017f,       127",
    "02020080,     128",
    "020400ffffff, 16777215",
    "02050080000000, 2147483648",
  })
  void numbers(String hex, BigInteger value) throws Exception {
    assertThat(new Der(Bytes.fromHex(hex)).unsigned(4)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0200           | number of 0 octets",
        "020180         | negative number",
        "02020001       | number is not minimal",
        "0202ff80       | number is not minimal",
        "0206000000000001 | number of 6 octets",
        "0400           | element of tag 0x04 where 0x02 belongs",
      })
  void numbersThatAreNone(String hex, String cause) {
    refused(hex, der -> der.unsigned(4), cause);
  }

  @Test
  void smallNumbers() throws Exception {
    assertThat(new Der(Bytes.fromHex("02047fffffff")).unsignedInt()).isEqualTo(Integer.MAX_VALUE);
    refused("02050080000000", Der::unsignedInt, "number 2147483648 is too large");
  }

  @Test
  void truthValues() throws Exception {
    assertThat(new Der(Bytes.fromHex("0101ff")).bool()).isTrue();
    assertThat(new Der(Bytes.fromHex("010100")).bool()).isFalse();
    refused("010101", Der::bool, "malformed BOOLEAN");
    refused("0100", Der::bool, "malformed BOOLEAN");
    refused("0102ffff", Der::bool, "malformed BOOLEAN");
  }

  @Test
  void objectIdentifiers() throws Exception {
    assertThat(new Der(Bytes.fromHex("06032a8648")).oid()).isEqualTo("2a8648");
    refused("0600", Der::oid, "OBJECT IDENTIFIER ends too early");
    refused("06022a86", Der::oid, "OBJECT IDENTIFIER ends too early");
    refused("06032a8001", Der::oid, "OBJECT IDENTIFIER is not minimal");
    refused("060180", Der::oid, "OBJECT IDENTIFIER is not minimal");
  }

  @Test
  void bitStrings() throws Exception {
    assertThat(new Der(Bytes.fromHex("030300aabb")).bits().hex()).isEqualTo("aabb");
    assertThat(new Der(Bytes.fromHex("030100")).bits().isEmpty()).isTrue();
    refused("0300", Der::bits, "BIT STRING is not of whole octets");
    refused("030201aa", Der::bits, "BIT STRING is not of whole octets");
  }

  @ParameterizedTest
  @CsvSource({
    "17, 260301120000Z,   2026-03-01T12:00:00Z",
    "17, 491231235959Z,   2049-12-31T23:59:59Z",
    "17, 500101000000Z,   1950-01-01T00:00:00Z",
    "17, 240229000000Z,   2024-02-29T00:00:00Z",
    "18, 20260301120000Z, 2026-03-01T12:00:00Z",
    "18, 99991231235959Z, 9999-12-31T23:59:59Z",
  })
  void times(String tag, String text, Instant instant) throws Exception {
    assertThat(new Der(time(tag, text)).time()).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "17, 2603011200Z",
    "17, 260301120000",
    "17, 260301120000+0100",
    "17, 2603011200000",
    "17, 20260301120000Z",
    "17, 26o301120000Z",
    "17, 260301120 00Z",
    "17, 2603/1120000Z",
    "17, 2603:1120000Z",
    "18, 260301120000Z",
    "18, 20260301120000.5Z",
    "18, 20260301120000z",
    "18, -0260301120000Z",
  })
  void timesOfAnotherForm(String tag, String text) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new Der(time(tag, text)).time())
        .withMessage("time is not in the form of RFC 5280");
  }

  @ParameterizedTest
  @CsvSource({
    "17, 260230120000Z",
    "17, 261301120000Z",
    "18, 20260301250000Z",
    "18, 20260301120060Z"
  })
  void timesThatNeverWere(String tag, String text) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new Der(time(tag, text)).time())
        .withMessage("time does not exist");
  }

  private static Bytes time(String tag, String text) {
    String hex = Bytes.of(text.getBytes(US_ASCII)).hex();
    return Bytes.fromHex(tag + "%02x".formatted(text.length()) + hex);
  }

  private static <T> void refused(String hex, Reading<T> reading, String cause) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> reading.of(new Der(Bytes.fromHex(hex))))
        .withMessage(cause);
  }
}
