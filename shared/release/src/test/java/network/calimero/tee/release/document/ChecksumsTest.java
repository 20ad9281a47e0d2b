package network.calimero.tee.release.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
  private static final String HASH =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static Checksums parse(String text) throws MalformedException {
    return Checksums.parse(Bytes.of(text.getBytes(UTF_8)));
  }

  @Test
  void readsWhatSha256sumWrites() throws Exception {
    Checksums checksums =
        parse(
            "\n"
                + HASH
                + "  a.json\r\n"
                + HASH.toUpperCase(Locale.ROOT)
                + " *artifacts/b.tar.gz\n");
    assertThat(checksums.digests()).hasSize(2);
    assertThat(checksums.of("b.tar.gz")).contains(Bytes.fromHex(HASH));
    assertThat(checksums.of("c")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "hello",
        "0123  a.json",
        HASH,
        HASH + "  ..",
        HASH + "  a b",
        HASH + "  folder/",
        HASH + "  .hidden",
        HASH + "  a\n" + HASH + "  b/a",
      })
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse(text));
  }

  @Test
  void hasABound() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= 1000; i++) {
      lines.append(HASH).append("  f").append(i).append('\n');
    }
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> parse(lines.toString()))
        .withMessageContaining("1000");
  }
}
