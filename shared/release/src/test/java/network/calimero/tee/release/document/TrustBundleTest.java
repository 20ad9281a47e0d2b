package network.calimero.tee.release.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustBundleTest {
  private static final int BLOCK = 512;

  private static byte[] header(String name, char type, String size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 124, size);
    header[156] = (byte) type;
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum) + "\0 ");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] file(String name, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK);
    return join(header(name, '0', "%011o".formatted(bytes.length)), padded);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static TrustBundle parse(byte[]... tar) throws IOException, MalformedException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(join(tar));
    }
    return TrustBundle.parse(Bytes.of(gzip.toByteArray()));
  }

  private static void assertRefused(byte[]... tar) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse(tar));
  }

  private static byte[] end() {
    return new byte[2 * BLOCK];
  }

  @Test
  void readsPlainFiles() throws Exception {
    TrustBundle bundle =
        parse(
            file("MANIFEST.txt", "hello"),
            file("./a.json", "x".repeat(BLOCK)),
            file("b", ""),
            end());
    assertThat(bundle.files()).containsOnlyKeys("MANIFEST.txt", "a.json", "b");
    assertThat(bundle.files().get("MANIFEST.txt")).isEqualTo(Bytes.of("hello".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/etc/passwd", "folder/a", "", ".hidden", "a b"})
  void refusesNamesThatAreNoAssets(String name) {
    assertRefused(file(name, "x"), end());
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '5', '6', 'L', 'x', 'g'})
  void refusesWhatIsNoPlainFile(char type) {
    assertRefused(header("a", type, "00000000000"), end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"77777777777", "-0000000001", "0000000000x", "", "\u0080\0\0\0\0\0\0\0\0\0\0\1"})
  void refusesSizesThatAreNoneOrTooLarge(String size) {
    assertRefused(header("a", '0', size), end());
  }

  @Test
  void refusesAFileTwiceTooManyADamagedHeaderAndAnEarlyEnd() {
    assertRefused(file("a", "x"), file("a", "x"), end());
    byte[][] many = new byte[66][];
    for (int i = 0; i < 65; i++) {
      many[i] = file("f" + i, "");
    }
    many[65] = end();
    assertRefused(many);
    byte[] damaged = file("a", "x");
    damaged[1] = 'b';
    assertRefused(damaged, end());
    assertRefused(file("a", "x"));
    assertRefused(Arrays.copyOf(file("a", "x"), BLOCK + 1));
    assertRefused();
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
      out.write(header("a", '0', "07777777777"));
      for (int i = 0; i < 64; i++) {
        out.write(new byte[1024 * 1024]);
      }
    }
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrustBundle.parse(Bytes.of(bomb.toByteArray())))
        .withMessageContaining("bytes");
  }

  @Test
  void manyFilesThatAreLargeTogetherAreNotUnpackedEither() {
    byte[][] many = new byte[10][];
    for (int i = 0; i < 9; i++) {
      many[i] = file("f" + i, "\0".repeat(1024 * 1024));
    }
    many[9] = end();
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> parse(many))
        .withMessageContaining("too much");
  }

  @Test
  void anythingEndsInTheOneException() throws Exception {
    Random random = new Random(1);
    byte[] good = join(file("MANIFEST.txt", "hello"), file("a", "b"), end());
    for (int i = 0; i < 2000; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        assertThat(parse(changed).files()).hasSizeLessThanOrEqualTo(2);
      } catch (MalformedException e) {
        assertThat(e.reason()).isNotEmpty();
      }
    }
  }
}
