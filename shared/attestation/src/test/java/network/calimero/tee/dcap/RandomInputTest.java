package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every parser with thousands of damaged inputs; {@code scripts/fuzz} goes further. */
class RandomInputTest {
  private static final int INPUTS = 2_000;

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
          "-----BEGIN CERTIFICATE-----",
          "-----END CERTIFICATE-----",
          "-----BEGIN X509 CRL-----",
          "0\u0080",
          "0\u0084\u00ff",
          "=");

  @ParameterizedTest
  @EnumSource(Parser.class)
  void anyInputEndsInAValueOrInTheRefusalThatIsForIt(Parser parser) {
    Random random = new Random(parser.name().hashCode());
    List<Bytes> seeds = parser.seeds();
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = seeds.get(random.nextInt(seeds.size())).toArray();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        input = damaged(input, random);
      }
      Bytes bytes = Bytes.of(input);
      assertThatCode(() -> parser.mustEndWell(bytes)).as(bytes.hex()).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Parser.class)
  void seedsAndNothingAtAllAreReadToo(Parser parser) throws Exception {
    for (Bytes seed : parser.seeds()) {
      parser.mustEndWell(seed);
    }
    parser.read(parser.seeds().getFirst());
    parser.mustEndWell(Bytes.EMPTY);
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
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] instead) {
    byte[] out = Arrays.copyOf(input, from + instead.length + input.length - to);
    System.arraycopy(instead, 0, out, from, instead.length);
    System.arraycopy(input, to, out, from + instead.length, input.length - to);
    return out;
  }
}
