package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(boolean colours) {
    return new Screen(new PrintStream(bytes, true, UTF_8), colours);
  }

  private String output() {
    return bytes.toString(UTF_8);
  }

  @Test
  void reasonsAreWrappedAndLongHexIsShortened() {
    String reason = "found " + "ab".repeat(48) + ", " + "word ".repeat(40);

    boolean good = screen(false).row("title", () -> Outcome.good("tag", reason));

    assertThat(good).isTrue();
    assertThat(output()).startsWith("  ✓ title").contains("found abababababab…, word");
    assertThat(output().lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 102);
  }

  @Test
  void exceptionIsAFailureThatIsShown() {
    boolean good =
        screen(false)
            .row(
                "title",
                () -> {
                  throw new IllegalStateException("broken");
                });

    assertThat(good).isFalse();
    assertThat(output()).startsWith("  ✗ title").contains("broken");
  }

  @Test
  void coloursComeOnlyWhereTheyAreWanted() {
    screen(true).row("title", () -> Outcome.good("tag", ""));
    assertThat(output()).contains("\u001b[32m✓\u001b[0m");
  }
}
