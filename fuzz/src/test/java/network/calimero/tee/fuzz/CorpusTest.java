package network.calimero.tee.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever was found once stays found. */
class CorpusTest {
  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everyKeptInputEndsWell(Target target) {
    List<Bytes> kept = Corpus.of(target);
    assertThat(kept).isNotEmpty();
    kept.forEach(target::mustEndWell);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void seedsAndNothingAtAllAreReadToo(Target target) throws Exception {
    target.reader().read(target.seeds().get().getFirst());
    target.seeds().get().forEach(target::mustEndWell);
    target.mustEndWell(Bytes.EMPTY);
  }
}
