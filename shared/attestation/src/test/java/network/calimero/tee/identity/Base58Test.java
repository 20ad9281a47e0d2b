package network.calimero.tee.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base58Test {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** Fixed, so that a failure can be seen again. */
  private final Random random = new Random(58);

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "00, 1",
    "0000, 11",
    "39, z",
    "3a, 21",
    "ff, 5Q",
    "00ff, 15Q",
    "48656c6c6f20576f726c6421, 2NEpo7TZRRrLZSi2U"
  })
  void knownPairs(String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Base58.encode(bytes)).isEqualTo(text);
    assertThat(Base58.decode(text)).hasValue(bytes);
  }

  @Test
  void decodingUndoesEncodingForAnyBytes() {
    for (int run = 0; run < 2_000; run++) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      for (int i = 0; i < Math.min(bytes.length, run % 4); i++) {
        bytes[i] = 0;
      }
      String text = Base58.encode(bytes);
      assertThat(Base58.decode(text)).hasValue(bytes);
    }
  }

  @Test
  void encodingUndoesDecodingForAnyText() {
    for (int run = 0; run < 2_000; run++) {
      String text = randomText(random.nextInt(PeerId.MAX_LENGTH + 1));
      byte[] bytes = Base58.decode(text).orElseThrow();
      assertThat(Base58.encode(bytes)).isEqualTo(text);
    }
  }

  @Test
  void agreesWithArithmeticOnBigIntegers() {
    for (int run = 0; run < 500; run++) {
      String text = "2" + randomText(random.nextInt(PeerId.MAX_LENGTH));
      BigInteger value = BigInteger.ZERO;
      for (int i = 0; i < text.length(); i++) {
        BigInteger digit = BigInteger.valueOf(ALPHABET.indexOf(text.charAt(i)));
        value = value.multiply(BigInteger.valueOf(58)).add(digit);
      }
      assertThat(new BigInteger(1, Base58.decode(text).orElseThrow())).isEqualTo(value);
    }
  }

  @Test
  void theLargestValuesOfEachLengthFit() {
    for (int length = 1; length <= PeerId.MAX_LENGTH; length++) {
      String text = "z".repeat(length);
      assertThat(Base58.encode(Base58.decode(text).orElseThrow())).isEqualTo(text);
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xff);
      assertThat(Base58.decode(Base58.encode(ones))).hasValue(ones);
    }
  }

  @Test
  void refusesEveryCharacterOutsideTheAlphabet() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      boolean digit = ALPHABET.indexOf(c) >= 0;
      assertThat(Base58.decode("2" + (char) c + "2").isPresent()).isEqualTo(digit);
    }
  }

  private String randomText(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(i < 3 ? 2 : 58)));
    }
    return text.toString();
  }
}
