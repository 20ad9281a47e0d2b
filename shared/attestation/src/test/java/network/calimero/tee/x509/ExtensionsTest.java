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
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTest {
  private static final String KEY_USAGE = "0603551d0f";
  private static final String BASIC_CONSTRAINTS = "0603551d13";
  private static final String UNKNOWN = "06032a0304";

  @Test
  void anExtensionTwiceIsRefusedWhateverItSays() {
    refused(
        entry(UNKNOWN, "", "0500") + entry(UNKNOWN, "", "0101ff"),
        "extension 2a0304 is there twice");
    refused(
        entry(KEY_USAGE, "0101ff", "03020780") + entry(KEY_USAGE, "", "03020780"),
        "extension 551d0f is there twice");
  }

  @Test
  void criticalExtensionsMustBeUnderstood() throws Exception {
    assertThat(read(entry(UNKNOWN, "", "0500")).value("2a0304")).isPresent();
    assertThat(read(entry(UNKNOWN, "010100", "0500")).value("2a0304")).isPresent();
    refused(entry(UNKNOWN, "0101ff", "0500"), "critical extension 2a0304 is not understood");
    String crlNumber = entry("0603551d14", "0101ff", "020101");
    refused(crlNumber, "critical extension 551d14 is not understood");
    assertThat(
            Extensions.read(new Der(Bytes.fromHex(crlNumber)), Extensions.OF_CRLS).value("551d14"))
        .isPresent();
    String authority = entry(BASIC_CONSTRAINTS, "0101ff", "30030101ff");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Extensions.read(new Der(Bytes.fromHex(authority)), Extensions.OF_CRLS));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Extensions.read(new Der(Bytes.fromHex(authority)), Set.of()));
  }

  @Test
  void nothingMayFollowTheValueOfAnExtension() {
    refused("300d" + UNKNOWN + "0402050004020500", "4 bytes after the end");
  }

  @ParameterizedTest
  @CsvSource({
    "3000,             false",
    "30030101ff,       true",
    "3003010100,       false",
    "30060101ff020100, true",
    "3003020105,       false",
  })
  void basicConstraints(String value, boolean authority) throws Exception {
    assertThat(read(entry(BASIC_CONSTRAINTS, "0101ff", value)).isCertificateAuthority())
        .isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30030101fe",
        "30060101ff0201ff",
        "30060101ff040100",
        "30070101ff02010000",
        "0101ff"
      })
  void malformedBasicConstraints(String value) throws Exception {
    Extensions extensions = read(entry(BASIC_CONSTRAINTS, "", value));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(extensions::isCertificateAuthority);
  }

  @Test
  void whoSaysNothingIsNoAuthorityAndMayUseItsKeyForAnything() throws Exception {
    assertThat(read("").isCertificateAuthority()).isFalse();
    assertThat(read("").allowsKeyUse(5)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "03020780,   0",
    "030206c0,   01",
    "03020106,   56",
    "03020001,   7",
    "0303070080, 8",
  })
  void keyUsage(String value, String uses) throws Exception {
    Extensions extensions = read(entry(KEY_USAGE, "0101ff", value));
    for (int use = 0; use <= 8; use++) {
      assertThat(extensions.allowsKeyUse(use))
          .as("use %d", use)
          .isEqualTo(uses.contains(Integer.toString(use)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "030100",
        "0300",
        "03020880",
        "03020800",
        "030207c0",
        "03020781",
        "040780",
        "03020780aa"
      })
  void malformedKeyUsage(String value) throws Exception {
    Extensions extensions = read(entry(KEY_USAGE, "", value));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> extensions.allowsKeyUse(0));
  }

  private static Extensions read(String hex) throws MalformedException {
    return Extensions.read(new Der(Bytes.fromHex(hex)), Extensions.OF_CERTIFICATES);
  }

  private static void refused(String hex, String cause) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> read(hex))
        .withMessage(cause);
  }

  /** SEQUENCE of OID, perhaps a BOOLEAN, and an OCTET STRING with the value. */
  private static String entry(String oid, String critical, String value) {
    String content = oid + critical + "04%02x".formatted(value.length() / 2) + value;
    return "30%02x".formatted(content.length() / 2) + content;
  }
}
