package network.calimero.tee.quote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteInputTest {
  private static final byte[] QUOTE = RawQuote.v4().bytes();
  private static final String BASE64 = StrictBase64.encode(QUOTE);
  private static final String HEX = Hex.encode(QUOTE);

  @Test
  void bytesAsTheyAre() throws Exception {
    assertFound(QuoteInput.find(QUOTE), "binary");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "0x,''", "'','\n'", "'  0X','\r\n'"})
  void hexWithWhatPeoplePutAroundIt(String before, String after) throws Exception {
    assertFound(find(before + HEX + after), "hex");
    assertFound(find(before + HEX.toUpperCase(Locale.ROOT) + after), "hex");
  }

  @Test
  void textInLines() throws Exception {
    assertFound(find(HEX.replaceAll("(.{64})", "$1\n")), "hex");
    assertFound(find(BASE64.replaceAll("(.{76})", "$1\r\n") + "\n"), "base64");
  }

  @Test
  void answersOfServices() throws Exception {
    String kms = "{\"quoteB64\":\"%s\",\"reportDataHex\":\"00\"}".formatted(BASE64);
    String seed = " {\"quote_b64\":\"%s\"}\n".formatted(BASE64);
    String node = "{\"data\":{\"quoteB64\":\"%s\",\"quote\":{\"a\":1}}}".formatted(BASE64);
    String dstack = "{\"quote\":\"%s\",\"event_log\":\"[]\"}".formatted(HEX);
    assertFound(find(kms), "base64 in JSON field quoteB64");
    assertFound(find(seed), "base64 in JSON field quote_b64");
    assertFound(find(node), "base64 in JSON field data.quoteB64");
    assertFound(find(dstack), "hex in JSON field quote");
  }

  @Test
  void arraysOfNumbers() throws Exception {
    String numbers =
        IntStream.range(0, QUOTE.length)
            .mapToObj(i -> Integer.toString(QUOTE[i] & 0xff))
            .collect(Collectors.joining(",", "[", "]"));
    assertFound(find(numbers), "numbers in a JSON array");
    assertFound(find("{\"quote\":" + numbers + "}"), "numbers in JSON field quote");
  }

  @Test
  void theSameQuoteTwiceIsOneQuote() throws Exception {
    assertFound(
        find("{\"quoteB64\":\"%s\",\"quote\":\"%s\"}".formatted(BASE64, HEX)),
        "base64 in JSON field quoteB64");
  }

  @Test
  void twoQuotesAreNone() {
    assertNothing(
        "{\"quoteB64\":\"AAAA\",\"data\":{\"quote\":\"%s\"}}".formatted(HEX),
        "the JSON has different quotes: base64 in JSON field quoteB64, hex in JSON field"
            + " data.quote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | the input is empty",
        "' \n '                    | the input is empty",
        "abc                       | the text is neither hex nor base64: hex needs an even number",
        "0xzz                      | the text is neither hex nor base64: character 0 is not a hex",
        "hello, world              | the text is neither hex nor base64: base64 needs a multiple",
        "{\"quote\"                | the text begins like JSON but is not: ",
        "{} {}                     | the text begins like JSON but is not: ",
        "{\"quote\":\"00\",\"quote\":\"01\"} | the text begins like JSON but is not: Duplicate",
        "{\"a\":{\"quoteB64\":\"AAAA\"}} | the JSON has no quote: looked for quoteB64, quote_b64",
        "{\"data\":\"x\",\"quote\":{}} | the JSON has no quote: ",
        "{\"quoteB64\":\"AA\"}     | JSON field quoteB64 is not base64: base64 needs a multiple",
        "{\"data\":{\"quote\":\"!\"}} | JSON field data.quote is neither hex nor base64: ",
        "[4, 256]                  | the JSON array is not one of bytes: element 1",
        "[4, 1.5]                  | the JSON array is not one of bytes: element 1",
        "[-1]                      | the JSON array is not one of bytes: element 0",
        "[{\"imr\": 0}]            | the JSON array is not one of bytes: element 0"
      })
  void textWithoutAQuoteSaysWhy(String text, String message) {
    assertNothing(text, message);
  }

  @Test
  void largeFilesAreNotLookedAt() throws Exception {
    byte[] file = new byte[QuoteInput.MAX_FILE_SIZE];
    assertThat(QuoteInput.find(file).bytes().length()).isEqualTo(1_048_576);
    assertThatExceptionOfType(QuoteNotFoundException.class)
        .isThrownBy(() -> QuoteInput.find(Arrays.copyOf(file, file.length + 1)))
        .withMessage("the input has 1048577 bytes; at most 1048576 are looked at");
  }

  @ParameterizedTest
  @CsvSource({
    "dstack/tdx-lite-getquote.json, hex in JSON field quote",
    "dstack/quote-report.json, hex in JSON field quote",
    "dstack/examples-attestation-rtmr3-based-report.json, hex in JSON field quote",
    "dstack/history-quote.hex, hex",
    "dstack/ra-tls-tdx_quote.bin, binary",
    "dstack/near-mpc/quote.json, numbers in a JSON array",
    "quotes/dcap-qvl-samples/tdx-quote.hex, hex",
    "quotes/dcap-qvl-samples/near-gas-quote_hex.txt, hex",
    "quotes/dcap-qvl-samples/sgx_quote, binary"
  })
  void realAnswersHoldQuotes(String file, String description) throws Exception {
    QuoteInput found = QuoteInput.find(Corpus.bytes(file).toArray());
    assertThat(found.describe()).isEqualTo(description);
    assertThat(Quote.parse(found.bytes()).declaredLength()).isGreaterThan(4_000);
  }

  private static QuoteInput find(String text) throws QuoteNotFoundException {
    return QuoteInput.find(text.getBytes(UTF_8));
  }

  private static void assertFound(QuoteInput found, String description) {
    assertThat(found.describe()).isEqualTo(description);
    assertThat(found.bytes()).isEqualTo(Bytes.of(QUOTE));
  }

  private static void assertNothing(String text, String message) {
    assertThatExceptionOfType(QuoteNotFoundException.class)
        .isThrownBy(() -> find(text))
        .withMessageStartingWith(message);
  }
}
