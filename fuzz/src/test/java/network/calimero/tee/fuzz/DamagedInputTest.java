package network.calimero.tee.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reader with thousands of damaged inputs; {@code scripts/fuzz} goes further. */
class DamagedInputTest {
  private static final int INPUTS = 1_000;
  private static final int LONG = 100_000;

  /** What may hurt in the middle of text or of binary. */
  private static final List<String> TOKENS =
      List.of(
          "\0",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "-1",
          "1e9",
          "99999999999999999999",
          "\\u0000",
          "\\ud800",
          "\u009b",
          "\u2028",
          "\n\n",
          "1\n",
          " ",
          "/",
          "0",
          "\\",
          "-----BEGIN CERTIFICATE-----",
          "-----END CERTIFICATE-----",
          "-----BEGIN X509 CRL-----",
          "0\u0080",
          "0\u0084\u00ff",
          "=");

  static List<Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anyInputEndsInAValueOrInTheRefusalThatIsForIt(Target target) {
    Random random = new Random(target.name().hashCode());
    List<Bytes> seeds = target.seeds().get();
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = seeds.get(random.nextInt(seeds.size())).toArray();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        input = damaged(input, random);
      }
      Bytes bytes = Bytes.of(input);
      assertThatCode(() -> target.mustEndWell(bytes)).as(bytes.hex()).doesNotThrowAnyException();
    }
  }

  /** What a reader may walk over more than once, if it looks back or ahead too far. */
  @ParameterizedTest
  @MethodSource("targets")
  void longInputsTakeNoMoreThanTheirShareOfMemory(Target target) {
    byte[] seed = target.seeds().get().getFirst().toArray();
    for (String token : TOKENS) {
      byte[] many = token.repeat(LONG / token.length()).getBytes(ISO_8859_1);
      for (int place : List.of(0, seed.length / 2, seed.length)) {
        Bytes input = Bytes.of(spliced(seed, place, place, many));
        assertThatCode(() -> target.mustEndWell(input)).as(token).doesNotThrowAnyException();
      }
    }
  }

  private static byte[] damaged(byte[] input, Random random) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(16));
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(input, from);
      case 1 -> spliced(input, from, to, new byte[0]);
      case 2 -> spliced(input, from, from, Arrays.copyOfRange(input, from, to));
      case 3 -> spliced(input, from, from, token(random));
      case 4 -> spliced(input, from, to, token(random));
      default -> {
        byte[] changed = input.clone();
        changed[from] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : changed[from] ^ 1 << random.nextInt(8));
        yield changed;
      }
    };
  }

  private static byte[] token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(ISO_8859_1);
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] instead) {
    byte[] out = Arrays.copyOf(input, from + instead.length + input.length - to);
    System.arraycopy(instead, 0, out, from, instead.length);
    System.arraycopy(input, to, out, from + instead.length, input.length - to);
    return out;
  }
}
