package network.calimero.tee.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** That a target notices what it is there to notice. */
class TargetTest {
  private static Target target(Target.Reader reader) {
    return new Target(
        "a_target", 20_000, () -> List.of(Bytes.EMPTY), reader, Set.of(IOException.class));
  }

  @Test
  void aValueAndARefusalOfItsOwnAreGoodEnds() {
    assertThatCode(() -> target(bytes -> {}).mustEndWell(Bytes.EMPTY)).doesNotThrowAnyException();
    assertThatCode(() ->
            target(
                    bytes -> {
                      throw new IOException("refused");
                    })
                .mustEndWell(Bytes.EMPTY))
        .doesNotThrowAnyException();
  }

  @Test
  void anExceptionThatIsNotItsOwnIsAFinding() {
    Target target =
        target(bytes -> {
          throw new IllegalStateException("forgotten");
        });
    assertThatThrownBy(() -> target.mustEndWell(Bytes.EMPTY))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("forgotten");
  }

  @Test
  void aTextThatCouldForgeALineIsAFinding() {
    Target target =
        target(bytes -> {
          throw new IOException("one\nand another");
        });
    assertThatThrownBy(() -> target.mustEndWell(Bytes.EMPTY))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void aTextThatIsTooLongIsAFinding() {
    assertThatThrownBy(() -> Target.requirePlain("x".repeat(1_101)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void moreMemoryThanFitsTheInputIsAFinding() {
    List<byte[]> kept = new ArrayList<>();
    Target target = target(bytes -> kept.add(new byte[100_000]));
    assertThatThrownBy(() -> target.mustEndWell(Bytes.EMPTY))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes of memory for 0 of input");
    assertThat(kept).hasSize(5);
  }

  @Test
  void namesAreThoseOfOneTargetEach() {
    assertThat(Targets.all()).extracting(Target::name).doesNotHaveDuplicates().contains("quote");
    assertThatThrownBy(() -> Targets.named("none")).hasMessageContaining("quote");
  }
}
