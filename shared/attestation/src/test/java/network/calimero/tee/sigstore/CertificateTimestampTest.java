package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of timestamps byte by byte (RFC 6962, 3.2 and 3.3). */
class CertificateTimestampTest {
  private static final String LOG = "ab".repeat(32);
  private static final String TIME = "0001020304050607";

  private static String timestamp(String extensions) {
    return "00" + LOG + TIME + sized(extensions) + "0403" + sized("300000");
  }

  private static String sized(String hex) {
    return "%04x".formatted(hex.length() / 2) + hex;
  }

  /** As an OCTET STRING. */
  private static Bytes extension(String hex) {
    return Bytes.of(Precertificate.element(Der.OCTET_STRING, Bytes.fromHex(hex).toArray()));
  }

  private static void assertRefused(Bytes extension, String reason) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> CertificateTimestamp.list(extension))
        .withMessageContaining(reason);
  }

  @Test
  void everyFieldIsReadInListsOfAnyLength() throws Exception {
    String long300 = "cd".repeat(300);
    Bytes list = extension(sized(sized(timestamp("")) + sized(timestamp(long300))));

    assertThat(CertificateTimestamp.list(list))
        .containsExactly(
            new CertificateTimestamp(
                Bytes.fromHex(LOG), Bytes.fromHex(TIME), Bytes.EMPTY, Bytes.fromHex("300000")),
            new CertificateTimestamp(
                Bytes.fromHex(LOG),
                Bytes.fromHex(TIME),
                Bytes.fromHex(long300),
                Bytes.fromHex("300000")));
  }

  @Test
  void whatIsSignedHasTimeIssuerCertificateAndExtensions() {
    Bytes key = Bytes.fromHex("01020304");
    Bytes certificate = Bytes.fromHex("ef".repeat(0x10203));
    CertificateTimestamp timestamp =
        new CertificateTimestamp(
            Bytes.fromHex(LOG),
            Bytes.fromHex(TIME),
            Bytes.fromHex("cd".repeat(0x102)),
            Bytes.EMPTY);

    assertThat(timestamp.signed(key, certificate).hex())
        .isEqualTo(
            "0000"
                + TIME
                + "0001"
                + Sha256.of(key).hex()
                + "010203"
                + certificate.hex()
                + "0102"
                + "cd".repeat(0x102));
  }

  @ParameterizedTest
  @CsvSource({
    "'', size at byte 0",
    "0000, size at byte 2",
    "00020000, version at byte 4",
    "0001, content at byte 2",
  })
  void listsThatAreNoneAreRefused(String hex, String reason) {
    assertRefused(extension(hex), reason);
  }

  @Test
  void moreAfterAListIsRefused() {
    assertRefused(extension(sized(sized(timestamp(""))) + "00"), "1 bytes after");
  }

  @Test
  void moreTimestampsThanLogsHaveBeenAreRefused() throws Exception {
    String eight = sized(timestamp("")).repeat(8);

    assertThat(CertificateTimestamp.list(extension(sized(eight)))).hasSize(8);
    assertRefused(extension(sized(eight + sized(timestamp("")))), "more than 8 timestamps");
  }
}
