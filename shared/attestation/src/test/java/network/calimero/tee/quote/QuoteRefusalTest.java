package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.QuoteFormatException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteRefusalTest {
  private static final int V4_AUTH = 48 + 584 + 4;
  private static final int V4_OUTER = V4_AUTH + 128 + 6;
  private static final int V4_QE_AUTH = V4_OUTER + 384 + 64 + 2;
  private static final int V4_INNER = V4_QE_AUTH + 32;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 6, 255, 0x0400, 0xffff})
  void versionsOtherThan3To5(int version) {
    var failure = refusal(RawQuote.v4(), quote -> quote.version = version);
    assertRefused(failure, Fault.UNSUPPORTED_VERSION, 0, "version " + version);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 0x0102})
  void attestationKeysOtherThanP256(int type) {
    var failure = refusal(RawQuote.v4(), quote -> quote.keyType = type);
    assertRefused(failure, Fault.UNSUPPORTED_ATTESTATION_KEY_TYPE, 2, "type " + type);
  }

  @ParameterizedTest
  @CsvSource({"1, 0x1", "128, 0x80", "-2147483519, 0x80000081", "33024, 0x8100"})
  void environmentsOtherThanSgxAndTdx(int code, String found) {
    var failure = refusal(RawQuote.v4(), quote -> quote.teeType = code);
    assertRefused(failure, Fault.UNSUPPORTED_TEE_TYPE, 4, found);
  }

  @Test
  void tdxInVersion3() {
    assertRefused(
        refusal(RawQuote.v3(), quote -> quote.teeType = 0x81),
        Fault.TEE_NOT_ALLOWED_IN_VERSION,
        4,
        "TDX in version 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 15})
  void vendorsOtherThanIntel(int index) {
    var failure = refusal(RawQuote.v4(), quote -> quote.vendor[index] ^= 1);
    assertThat(failure.fault()).isEqualTo(Fault.UNKNOWN_QE_VENDOR);
    assertThat(failure.offset()).isEqualTo(12);
    assertThat(failure.expected()).isEqualTo(RawQuote.INTEL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 0x0103, 0xffff})
  void unknownBodies(int type) {
    var failure = refusal(RawQuote.v5(), quote -> quote.bodyType = type);
    assertRefused(failure, Fault.UNSUPPORTED_BODY_TYPE, 48, "type " + type);
  }

  @Test
  void theNewestBodyIsRefusedByName() {
    var failure = refusal(RawQuote.v5(3, 885), quote -> quote.bodyType = 4);
    assertThat(failure.fault()).isEqualTo(Fault.UNSUPPORTED_BODY_TYPE);
    assertThat(failure).hasMessageContaining("TD_REPORT15EX");
  }

  @Test
  void bodiesOfTheOtherEnvironment() {
    assertRefused(
        refusal(RawQuote.v5(1, 384), quote -> quote.teeType = 0x81),
        Fault.BODY_OF_OTHER_TEE,
        48,
        "ENCLAVE_REPORT in a quote for TDX");
    assertRefused(
        refusal(RawQuote.v5(2, 584), quote -> quote.teeType = 0),
        Fault.BODY_OF_OTHER_TEE,
        48,
        "TD_REPORT_10 in a quote for SGX");
  }

  @ParameterizedTest
  @CsvSource({"1, 384", "2, 584", "3, 648"})
  void bodySizesThatAreNotTheTypes(int type, int size) {
    for (int wrong : new int[] {0, size - 1, size + 1, size | 0x10000, -1}) {
      var failure = refusal(RawQuote.v5(type, size), quote -> quote.bodySize = wrong);
      assertThat(failure.fault()).isEqualTo(Fault.BODY_SIZE_MISMATCH);
      assertThat(failure.offset()).isEqualTo(50);
      assertThat(failure.found()).isEqualTo(Integer.toUnsignedString(wrong) + " bytes");
    }
  }

  @Test
  void authDataThatGoesPastTheEnd() {
    int size = RawQuote.v4().bytes().length - V4_AUTH;
    for (int more : new int[] {1, 1_000, Integer.MAX_VALUE - size, -1 - size}) {
      var failure = refusal(RawQuote.v4(), quote -> quote.authSizeError = more);
      assertThat(failure.fault()).isEqualTo(Fault.SIZE_PAST_END);
      assertThat(failure.offset()).isEqualTo(V4_AUTH);
      assertThat(failure.found())
          .isEqualTo("auth data of %s bytes".formatted(Integer.toUnsignedString(size + more)));
    }
  }

  @Test
  void outerCertificationDataThatGoesPastTheAuthDataThoughBytesFollow() {
    var failure =
        refusal(
            RawQuote.v4(),
            quote -> {
              quote.outerSizeError = 1;
              quote.after = new byte[100];
            });
    assertThat(failure.fault()).isEqualTo(Fault.SIZE_PAST_END);
    assertThat(failure.offset()).isEqualTo(V4_OUTER);
  }

  @Test
  void qeAuthDataThatGoesPastWhatEnclosesIt() {
    for (int size : new int[] {32 + 6 + 100 + 1, 0xffff}) {
      var failure =
          refusal(
              RawQuote.v4(),
              quote -> {
                quote.qeAuthSize = size;
                quote.authSlack = 70_000;
              });
      assertRefused(
          failure, Fault.SIZE_PAST_END, V4_QE_AUTH, "QE auth data of %d bytes".formatted(size));
    }
  }

  @Test
  void certificationDataThatGoesPastWhatEnclosesIt() {
    for (int size : new int[] {101, Integer.MAX_VALUE, -1}) {
      var failure =
          refusal(
              RawQuote.v4(),
              quote -> {
                quote.certificationSize = size;
                quote.authSlack = 100;
              });
      assertRefused(
          failure,
          Fault.SIZE_PAST_END,
          V4_INNER + 6,
          "certification data of %s bytes".formatted(Integer.toUnsignedString(size)));
    }
  }

  @Test
  void certificationDataThatGoesPastTheEndInVersion3() {
    var failure = refusal(RawQuote.v3(), quote -> quote.certificationSize = 101);
    assertThat(failure.fault()).isEqualTo(Fault.SIZE_PAST_END);
  }

  @Test
  void authDataTooSmallForWhatBelongsThere() {
    int size = RawQuote.v4().bytes().length - V4_AUTH;
    for (int stated = 0; stated < size; stated++) {
      int less = stated - size;
      var failure = refusal(RawQuote.v4(), quote -> quote.authSizeError = less);
      assertThat(failure.fault()).isIn(Fault.TRUNCATED, Fault.SIZE_PAST_END);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 7, 0x0106})
  void outerCertificationDataOtherThanAQeReport(int type) {
    var failure = refusal(RawQuote.v4(), quote -> quote.outerType = type);
    assertRefused(
        failure, Fault.UNSUPPORTED_OUTER_CERTIFICATION_TYPE, V4_OUTER - 6, "type " + type);
  }

  @Test
  void slackInsideTheOuterCertificationData() {
    var failure = refusal(RawQuote.v4(), quote -> quote.outerSlack = 3);
    assertRefused(failure, Fault.SLACK_IN_OUTER_CERTIFICATION, V4_INNER + 6 + 100, "3 bytes more");
    assertThat(refusal(RawQuote.v5(), quote -> quote.outerSlack = 1).fault())
        .isEqualTo(Fault.SLACK_IN_OUTER_CERTIFICATION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 8, 0x0105, 0xffff})
  void certificationDataOfOtherTypes(int type) {
    var failure = refusal(RawQuote.v4(), quote -> quote.certificationType = type);
    assertRefused(failure, Fault.UNSUPPORTED_CERTIFICATION_TYPE, V4_INNER, "type " + type);
    assertThat(refusal(RawQuote.v3(), quote -> quote.certificationType = type).fault())
        .isEqualTo(Fault.UNSUPPORTED_CERTIFICATION_TYPE);
  }

  @Test
  void inputLargerThanAnyQuote() throws Exception {
    RawQuote raw = RawQuote.v4();
    raw.after = new byte[Quote.MAX_SIZE - raw.bytes().length];
    assertThat(Quote.parse(raw.bytes()).bytes().length()).isEqualTo(Quote.MAX_SIZE);
    raw.after = new byte[raw.after.length + 1];
    var failure = refusal(raw, quote -> {});
    assertThat(failure.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(failure.found()).isEqualTo("98305 bytes");
  }

  @Test
  void quotesCutAnywhere() {
    RawQuote[] all = {RawQuote.v3(), RawQuote.v4(), RawQuote.v5(), RawQuote.v5(1, 384)};
    for (RawQuote raw : all) {
      byte[] whole = raw.bytes();
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        var failure = catchThrowableOfType(QuoteFormatException.class, () -> Quote.parse(cut));
        assertThat(failure.fault()).isIn(Fault.TRUNCATED, Fault.SIZE_PAST_END);
        assertThat(failure.offset()).isBetween(0, length);
      }
    }
  }

  @Test
  void theFailureSaysWhatIsMissingAndWhere() {
    byte[] cut = Arrays.copyOf(RawQuote.v4().bytes(), 100);
    assertThatExceptionOfType(QuoteFormatException.class)
        .isThrownBy(() -> Quote.parse(cut))
        .withMessage(
            "the quote ends too early: at byte 48 found 52 bytes left, expected 584 bytes (body)");
  }

  /** Any bytes are a quote or a {@link QuoteFormatException}; what parses can be shown. */
  @Test
  void randomChangesEndInNothingElse() {
    Random random = new Random(20_260_101);
    RawQuote[] all = {RawQuote.v3(), RawQuote.v4(), RawQuote.v5(), RawQuote.v5(1, 384)};
    int parsed = 0;
    int refused = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] bytes = mutated(all[round % all.length].bytes(), random);
      try {
        Quote quote = Quote.parse(Bytes.of(bytes));
        assertThat(quote.declaredLength()).isBetween(0, bytes.length);
        if (round % 50 == 0) {
          assertThat(QuoteJson.text(quote)).startsWith("{\"version\":");
          assertThat(QuoteText.of(quote)).contains("quote, version");
        }
        parsed++;
      } catch (QuoteFormatException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
        refused++;
      }
    }
    assertThat(parsed).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      // Half of the changes go where versions, types and sizes are.
      int[] structure = {0, 2, 4, 48, 50, 53, 436, 632, 635, 764, 766, 769, 1_218, 1_252, 1_255};
      int at =
          random.nextBoolean()
              ? structure[random.nextInt(structure.length)] % bytes.length
              : random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static QuoteFormatException refusal(RawQuote raw, Consumer<RawQuote> change) {
    change.accept(raw);
    byte[] bytes = raw.bytes();
    var failure = catchThrowableOfType(QuoteFormatException.class, () -> Quote.parse(bytes));
    assertThat(failure).isNotNull();
    assertThat(failure).hasMessageStartingWith(failure.fault().explanation());
    return failure;
  }

  private static void assertRefused(
      QuoteFormatException failure, Fault fault, int offset, String found) {
    assertThat(failure.fault()).isEqualTo(fault);
    assertThat(failure.offset()).isEqualTo(offset);
    assertThat(failure.found()).isEqualTo(found);
    assertThat(failure.expected()).isNotEmpty();
  }
}
