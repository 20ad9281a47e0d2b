package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The expected texts were not written by this code. */
class QuoteJsonTest {
  @Test
  void aTdxQuoteInFull() throws Exception {
    RawQuote raw = RawQuote.v5();
    raw.after = new byte[2];
    assertThat(QuoteJson.text(Quote.parse(raw.bytes()))).isEqualTo(resource("tdx-v5.json"));
  }

  @Test
  void anSgxQuoteInFull() throws Exception {
    RawQuote raw = RawQuote.v3().certification(1, RawQuote.pattern(36, 7));
    assertThat(QuoteJson.text(Quote.parse(raw.bytes()))).isEqualTo(resource("sgx-v3.json"));
  }

  @Test
  void whatACallerAddsStaysWithTheCaller() throws Exception {
    Quote quote = Quote.parse(RawQuote.v4().bytes());
    String before = QuoteJson.text(quote);
    QuoteJson.of(quote).put("verified", true);
    assertThat(QuoteJson.text(quote)).isEqualTo(before).doesNotContain("verified");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = QuoteJsonTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
