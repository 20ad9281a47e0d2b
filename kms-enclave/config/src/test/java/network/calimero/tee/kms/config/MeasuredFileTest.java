package network.calimero.tee.kms.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredFileTest {
  @TempDir Path folder;

  private Map<String, String> values(String content) throws Exception {
    return MeasuredFile.read(file(content.getBytes(StandardCharsets.UTF_8))).values();
  }

  private List<String> problems(byte[] content) throws IOException {
    Path file = file(content);
    return catchThrowableOfType(ConfigurationException.class, () -> MeasuredFile.read(file))
        .problems();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("kms.env"), content);
  }

  @Test
  void readsWhatSystemdReads() throws Exception {
    assertThat(
            values(
                """
                # comment
                ; comment

                PLAIN=a=b
                  INDENTED=  two words\t
                SINGLE='# $x "'
                DOUBLE=" it's "
                EMPTY=
                QUOTED_EMPTY=''
                HASH=a#b
                _N1=ä\
                """))
        .isEqualTo(
            Map.of(
                "PLAIN", "a=b",
                "INDENTED", "two words",
                "SINGLE", "# $x \"",
                "DOUBLE", " it's ",
                "EMPTY", "",
                "QUOTED_EMPTY", "",
                "HASH", "a#b",
                "_N1", "ä"));
  }

  @Test
  void ofAFileThatIsNoneTwentyLinesAreNamedAndTheFirstAfterThem() throws Exception {
    assertThat(problems("1\n".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
        .hasSize(21)
        .last()
        .asString()
        .contains("line 21");
    assertThat(problems("1\n".repeat(20).getBytes(StandardCharsets.UTF_8))).hasSize(20);
  }

  @Test
  void lastOneOfANameWins() throws Exception {
    assertThat(values("A=1\nB=2\nA=3\n")).isEqualTo(Map.of("A", "3", "B", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "=x",
        "1A=x",
        "export A=x",
        "A =x",
        "A-B=x",
        "A=x\\",
        "A=a\\nb",
        "A=\"a\\\"b\"",
        "A=\"x",
        "A=x'",
        "A='a'b'",
        "A='a'b",
        "A=\"x\" # comment",
        "A=x # comment",
        "A=#x",
        "A='",
        "A=a\0b",
        "A=a\rb",
        "# comment \\",
      })
  void lineThatOthersMightReadOtherwiseIsRefusedByItsNumber(String line) throws IOException {
    assertThat(problems(("OK=1\n" + line + "\n").getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .asString()
        .contains(folder.toString(), "line 2");
  }

  @Test
  void allLinesAreToldAndNoValueIs() throws IOException {
    assertThat(problems("A=secret'\nB=secret\"\n".getBytes(StandardCharsets.UTF_8)))
        .hasSize(2)
        .noneSatisfy(problem -> assertThat(problem).contains("secret"));
  }

  @Test
  void fileThatIsNoTextOrTooLargeIsRefused() throws IOException {
    assertThat(problems(new byte[] {'A', '=', (byte) 0xff}).getFirst()).contains("UTF-8");
    byte[] large = new byte[(1 << 20) + 1];
    Arrays.fill(large, (byte) '\n');
    assertThat(problems(large).getFirst()).contains("larger than 1048576 bytes");
  }

  @Test
  void bothFilesOfAnImageAreRefusedAtOnce() throws IOException {
    Path folders = Files.createDirectory(folder.resolve("folder"));

    List<String> problems =
        catchThrowableOfType(
                ConfigurationException.class, () -> Image.read(new Image.Files(folders, folders)))
            .problems();

    assertThat(problems).hasSize(2).allSatisfy(p -> assertThat(p).contains("cannot be read"));
  }

  /** What it points to may come and go with whoever mounts it. */
  @Test
  void linksThatLeadNowhereAreNoFilesThatAreNotThere() throws IOException {
    Path nowhere = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

    List<String> problems =
        catchThrowableOfType(
                ConfigurationException.class, () -> Image.read(new Image.Files(nowhere, nowhere)))
            .problems();

    assertThat(problems).hasSize(2).allSatisfy(p -> assertThat(p).contains("cannot be read"));
  }
}
