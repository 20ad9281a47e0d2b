package network.calimero.tee.quote;

import static network.calimero.tee.quote.RawQuote.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.CertificationData.PckChain;
import network.calimero.tee.quote.CertificationData.PckLeaf;
import network.calimero.tee.quote.CertificationData.PlatformManifest;
import network.calimero.tee.quote.CertificationData.Ppid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteParseTest {
  @Test
  void theBytesThatAreSignedAreHeaderAndBody() throws Exception {
    byte[] v3 = RawQuote.v3().bytes();
    byte[] v4 = RawQuote.v4().bytes();
    assertThat(Quote.parse(v3).signedBytes()).isEqualTo(Bytes.copyOf(v3, 0, 48 + 384));
    assertThat(Quote.parse(v4).signedBytes()).isEqualTo(Bytes.copyOf(v4, 0, 48 + 584));
  }

  @Test
  void theBytesThatAreSignedHoldTheDescriptorOfVersion5() throws Exception {
    byte[] v5 = RawQuote.v5().bytes();
    assertThat(Quote.parse(v5).signedBytes()).isEqualTo(Bytes.copyOf(v5, 0, 48 + 6 + 648));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 384, SGX, ENCLAVE_REPORT",
    "2, 584, TDX, TD_REPORT_10",
    "3, 648, TDX, TD_REPORT_15"
  })
  void version5HasThreeKindsOfBody(int type, int size, TeeType tee, BodyType expected)
      throws Exception {
    Quote quote = Quote.parse(RawQuote.v5(type, size).bytes());
    assertThat(quote.teeType()).isEqualTo(tee);
    assertThat(quote.body().bodyType()).isEqualTo(expected);
    assertThat(quote.body().bytes()).isEqualTo(Bytes.of(pattern(size, 1)));
  }

  @Test
  void onlyReport15HasAnExtension() throws Exception {
    TdReport report15 = (TdReport) Quote.parse(RawQuote.v5().bytes()).body();
    TdReport report10 = (TdReport) Quote.parse(RawQuote.v4().bytes()).body();
    byte[] body = pattern(648, 1);
    assertThat(report15.extension15())
        .isEqualTo(
            new TdReport15(
                Bytes.copyOf(body, 584, 600), Measurement.of(Arrays.copyOfRange(body, 600, 648))));
    assertThat(report10.extension15()).isNull();
  }

  @Test
  void signatureDataIsReadFieldByField() throws Exception {
    for (RawQuote raw : new RawQuote[] {RawQuote.v3(), RawQuote.v4(), RawQuote.v5()}) {
      SignatureData data = Quote.parse(raw.bytes()).signatureData();
      assertThat(data)
          .isEqualTo(
              new SignatureData(
                  Bytes.of(pattern(64, 2)),
                  Bytes.of(pattern(64, 3)),
                  new EnclaveReport(Bytes.of(pattern(384, 4))),
                  Bytes.of(pattern(64, 6)),
                  Bytes.of(pattern(32, 5)),
                  new PckChain(Bytes.of(pattern(100, 7)))));
    }
  }

  @Test
  void qeAuthDataMayBeEmpty() throws Exception {
    for (RawQuote raw : new RawQuote[] {RawQuote.v3(), RawQuote.v4()}) {
      raw.qeAuthData = new byte[0];
      raw.qeAuthSize = 0;
      assertThat(Quote.parse(raw.bytes()).signatureData().qeAuthData()).isEqualTo(Bytes.EMPTY);
    }
  }

  @Test
  void bytesAfterTheQuoteAreCountedAndNotPartOfIt() throws Exception {
    RawQuote raw = RawQuote.v4();
    int length = raw.bytes().length;
    raw.after = pattern(3_065, 8);
    Quote quote = Quote.parse(raw.bytes());
    assertThat(quote.declaredLength()).isEqualTo(length);
    assertThat(quote.trailingBytes()).isEqualTo(3_065);
    assertThat(quote.bytes().length()).isEqualTo(length + 3_065);
  }

  @Test
  void slackInsideTheAuthDataIsAccepted() throws Exception {
    for (RawQuote raw : new RawQuote[] {RawQuote.v3(), RawQuote.v4(), RawQuote.v5()}) {
      SignatureData without = Quote.parse(raw.bytes()).signatureData();
      raw.authSlack = 17;
      Quote quote = Quote.parse(raw.bytes());
      assertThat(quote.trailingBytes()).isZero();
      assertThat(quote.signatureData()).isEqualTo(without);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 36, 16, PLAIN",
    "2, 276, 256, RSA_2048_OAEP",
    "2, 404, 384, RSA_2048_OAEP",
    "3, 404, 384, RSA_3072_OAEP"
  })
  void aPpidNamesThePlatform(int type, int size, int ppidSize, PpidForm form) throws Exception {
    byte[] data = pattern(size, 7);
    Ppid ppid = (Ppid) certification(type, data);
    assertThat(ppid.form()).isEqualTo(form);
    assertThat(ppid.type()).isEqualTo(type);
    assertThat(ppid.data()).isEqualTo(Bytes.of(data));
    PlatformIdentity identity = ppid.identity().orElseThrow();
    assertThat(identity.ppid()).isEqualTo(Bytes.copyOf(data, 0, ppidSize));
    assertThat(identity.cpuSvn()).isEqualTo(Bytes.copyOf(data, ppidSize, ppidSize + 16));
    assertThat(identity.pceSvn())
        .isEqualTo((data[ppidSize + 16] & 0xff) + 256 * (data[ppidSize + 17] & 0xff));
    assertThat(identity.pceId()).isEqualTo(Bytes.copyOf(data, size - 2, size));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 34", "1, 37", "2, 0", "2, 36", "3, 0", "3, 19", "3, 276", "3, 405"})
  void aPpidOfAnotherSizeParsesAndNamesNoPlatform(int type, int size) throws Exception {
    Ppid ppid = (Ppid) certification(type, new byte[size]);
    assertThat(ppid.data().length()).isEqualTo(size);
    assertThat(ppid.identity()).isEmpty();
  }

  @Test
  void certificatesAndManifestsAreKeptAsTheyAre() throws Exception {
    byte[] data = pattern(50, 3);
    assertThat(certification(4, data)).isEqualTo(new PckLeaf(Bytes.of(data)));
    assertThat(certification(5, data)).isEqualTo(new PckChain(Bytes.of(data)));
    assertThat(certification(5, new byte[0])).isEqualTo(new PckChain(Bytes.EMPTY));
    assertThat(certification(7, data)).isEqualTo(new PlatformManifest(Bytes.of(data)));
    for (int type : new int[] {4, 5, 7}) {
      assertThat(certification(type, data).type()).isEqualTo(type);
    }
  }

  @Test
  void theHeaderIsReadFieldByField() throws Exception {
    QuoteHeader header = Quote.parse(RawQuote.v3().bytes()).header();
    assertThat(header)
        .isEqualTo(
            new QuoteHeader(
                3,
                2,
                TeeType.SGX,
                0x0807,
                0x0a09,
                Bytes.fromHex(RawQuote.INTEL),
                Bytes.of(pattern(20, 9))));
  }

  @Test
  void aQuoteDoesNotChangeWithTheArrayItWasReadFrom() throws Exception {
    byte[] bytes = RawQuote.v4().bytes();
    Quote quote = Quote.parse(bytes);
    Arrays.fill(bytes, (byte) 0);
    assertThat(quote).isEqualTo(Quote.parse(RawQuote.v4().bytes()));
    assertThat(quote.bytes()).isEqualTo(Bytes.of(RawQuote.v4().bytes()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 47, 49, 63, 65})
  void valuesOfFixedSizeHaveThatSize(int size) {
    assertThatIllegalArgumentException().isThrownBy(() -> Measurement.of(new byte[size]));
    assertThatIllegalArgumentException().isThrownBy(() -> ReportData.of(new byte[size]));
    assertThatIllegalArgumentException().isThrownBy(() -> Fmspc.of(new byte[size]));
  }

  @Test
  void valuesAreTheSameFromBytesAndFromHexOfEitherCase() {
    assertThat(Fmspc.of(new byte[] {0, 1, 2, 3, 4, (byte) 0xab}))
        .isEqualTo(Fmspc.fromHex("0001020304aB"))
        .hasToString("0001020304ab");
    byte[] measured = new byte[Measurement.SIZE];
    measured[47] = (byte) 0xab;
    assertThat(Measurement.fromHex("00".repeat(47) + "aB"))
        .isEqualTo(Measurement.of(measured))
        .hasToString("00".repeat(47) + "ab");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 383, 385, 583, 585, 647, 649, 885})
  void reportsHaveTheSizeOfTheirKind(int size) {
    Bytes bytes = Bytes.of(new byte[size]);
    assertThatIllegalArgumentException().isThrownBy(() -> new TdReport(bytes));
    assertThatIllegalArgumentException().isThrownBy(() -> new EnclaveReport(bytes));
  }

  @Test
  void anFmspcIsTheSameInEitherCase() {
    assertThat(Fmspc.fromHex("B0C06F000000")).isEqualTo(Fmspc.fromHex("b0c06f000000"));
    assertThat(Fmspc.fromHex("B0C06F000000")).hasToString("b0c06f000000");
  }

  @Test
  void reportDataHasTwoHalves() {
    ReportData data = ReportData.of(pattern(64, 1));
    assertThat(data.firstHalf()).isEqualTo(Bytes.copyOf(pattern(64, 1), 0, 32));
    assertThat(data.secondHalf()).isEqualTo(Bytes.copyOf(pattern(64, 1), 32, 64));
  }

  private static CertificationData certification(int type, byte[] data) throws Exception {
    byte[] v4 = RawQuote.v4().certification(type, data).bytes();
    byte[] v3 = RawQuote.v3().certification(type, data).bytes();
    CertificationData parsed = Quote.parse(v4).signatureData().certificationData();
    assertThat(Quote.parse(v3).signatureData().certificationData()).isEqualTo(parsed);
    return parsed;
  }
}
