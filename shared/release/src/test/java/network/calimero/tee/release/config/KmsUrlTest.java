package network.calimero.tee.release.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://kms.example.org,            https://kms.example.org/",
    "https://kms.example.org/,           https://kms.example.org/",
    "HTTPS://KMS.Example.org:443/a,      https://kms.example.org/a/",
    "https://kms.example.org:8443/a/./b, https://kms.example.org:8443/a/b/",
    "http://127.0.0.1:8080,              http://127.0.0.1:8080/",
    "http://127.255.0.9:80/,             http://127.255.0.9/",
    "http://[::1]:8080/x,                http://[::1]:8080/x/"
  })
  void takesWhatNodesTakeAndWritesItOneWay(String given, String written) {
    assertThat(KmsUrl.of(given)).hasToString(written);
    assertThat(KmsUrl.of(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kms.example.org",
        "/",
        "https:",
        "https:///path",
        "https:kms.example.org",
        "ftp://kms.example.org",
        "http://kms.example.org",
        "http://localhost:8080",
        "http://127.0.0.1.example.org",
        "http://127.0.0.256",
        "http://127.1",
        "http://0x7f.0.0.1",
        "http://10.0.0.1",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "https://kms.example.org?x",
        "https://kms.example.org#x",
        "https://user@kms.example.org",
        "https://kms.example.org:0",
        "https://kms.example.org:65536",
        "https://kms.example.org/../x",
        "https://kms.example.org/\" \nallowed_mrtd = []",
        "https://kms.example.org/\u00e9"
      })
  void refusesTheRest(String given) {
    assertThatIllegalArgumentException().isThrownBy(() -> KmsUrl.of(given));
  }

  @Test
  void saysWhatToDoWithoutRepeatingAPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KmsUrl.of("http://localhost"))
        .withMessageContainingAll("127.0.0.1", "https");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KmsUrl.of("https://user:secret@kms.example.org"))
        .withMessageNotContaining("secret");
  }
}
