package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.QuoteFormatException.Fault;
import org.junit.jupiter.api.Test;

/** Values cannot be made of the wrong number of bytes. */
class SizesTest {
  private static void hasSize(int size, Function<Bytes, ?> make) {
    assertThat(make.apply(zeros(size))).isNotNull();
    for (int other : new int[] {0, size - 1, size + 1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> make.apply(zeros(other)));
    }
  }

  private static Bytes zeros(int count) {
    return Bytes.of(new byte[count]);
  }

  @Test
  void ofFields() {
    hasSize(48, Measurement::new);
    hasSize(8, TdAttributes::new);
    hasSize(64, ReportData::new);
    hasSize(16, svn -> new TdReport15(svn, Measurement.ZERO));
    hasSize(6, Fmspc::new);
  }

  @Test
  void ofTheHalvesOfReportData() {
    Bytes half = Bytes.fromHex("01".repeat(32));
    hasSize(32, first -> ReportData.of(first, half));
    hasSize(32, second -> ReportData.of(half, second));
    ReportData both = ReportData.of(half, Bytes.fromHex("02".repeat(32)));
    assertThat(both.hex()).isEqualTo("01".repeat(32) + "02".repeat(32));
    assertThat(both).hasToString(both.hex());
    assertThat(both.firstHalf()).isEqualTo(half);
  }

  @Test
  void ofSignaturesAndKeys() throws Exception {
    SignatureData good = Quote.parse(RawQuote.v4().bytes()).signatureData();
    hasSize(64, it -> with(good, it, good.attestationKey(), good.qeReportSignature()));
    hasSize(64, it -> with(good, good.signature(), it, good.qeReportSignature()));
    hasSize(64, it -> with(good, good.signature(), good.attestationKey(), it));
  }

  private static SignatureData with(SignatureData data, Bytes signature, Bytes key, Bytes qe) {
    return new SignatureData(
        signature, key, data.qeReport(), qe, data.qeAuthData(), data.certificationData());
  }

  @Test
  void ofQuotesHoweverTheyAreGiven() throws Exception {
    byte[] quote = RawQuote.v4().bytes();
    byte[] largest = Arrays.copyOf(quote, Quote.MAX_SIZE);
    byte[] tooLarge = Arrays.copyOf(quote, Quote.MAX_SIZE + 1);
    assertThat(Quote.parse(largest)).isEqualTo(Quote.parse(Bytes.of(largest)));
    assertThatThrownBy(() -> Quote.parse(tooLarge))
        .hasFieldOrPropertyWithValue("fault", Fault.TOO_LARGE);
    assertThatThrownBy(() -> Quote.parse(Bytes.of(tooLarge)))
        .hasFieldOrPropertyWithValue("fault", Fault.TOO_LARGE);
  }

  @Test
  void quotesAreEqualIfAllTheirBytesAre() throws Exception {
    Quote one = Quote.parse(RawQuote.v4().bytes());
    Quote same = Quote.parse(RawQuote.v4().bytes());
    RawQuote raw = RawQuote.v4();
    raw.after = new byte[1];
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("a quote");
    for (RawQuote other : List.of(raw, RawQuote.v5())) {
      assertThat(one).isNotEqualTo(Quote.parse(other.bytes()));
    }
  }

  @Test
  void debugIsOneBitOfEach() throws Exception {
    for (int bits = 0; bits < 256; bits++) {
      RawQuote domain = RawQuote.v4();
      domain.body[120] = (byte) bits;
      assertThat(Quote.parse(domain.bytes()).body().isDebug()).isEqualTo((bits & 1) != 0);
      RawQuote enclave = RawQuote.v3();
      enclave.body[48] = (byte) bits;
      assertThat(Quote.parse(enclave.bytes()).body().isDebug()).isEqualTo((bits & 2) != 0);
    }
  }

  @Test
  void registersAreFourInOrder() throws Exception {
    TdReport report = (TdReport) Quote.parse(RawQuote.v4().bytes()).body();
    assertThat(report.rtmrs())
        .containsExactly(report.rtmr0(), report.rtmr1(), report.rtmr2(), report.rtmr3())
        .doesNotHaveDuplicates();
  }
}
