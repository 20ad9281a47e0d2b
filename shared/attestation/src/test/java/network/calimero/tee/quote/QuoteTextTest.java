package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuoteTextTest {
  @Test
  void aTrustDomainIsShownWithItsRegistersAndFlags() throws Exception {
    RawQuote raw = RawQuote.v4();
    Arrays.fill(raw.body, 328 + 2 * 48, 328 + 3 * 48, (byte) 0);
    Arrays.fill(raw.body, 120, 128, (byte) 0);
    raw.body[123] = 0x10;
    raw.after = new byte[70];
    TdReport report = (TdReport) Quote.parse(raw.bytes()).body();
    assertThat(text(raw).lines())
        .startsWith("TDX quote, version 4, 1,358 bytes", "(70 bytes after its end, not read)")
        .contains(
            "TD report 1.0",
            "  MRTD                 " + report.mrTd().hex(),
            "  RTMR1                " + report.rtmr1().hex(),
            "  RTMR2                zero",
            "  TD attributes        0000001000000000",
            "                       DEBUG off, SEPT_VE_DISABLE on",
            "  certification data   type 5 (PCK certificate chain), 100 bytes")
        .noneMatch(line -> line.contains("MRSERVICETD"));
  }

  @Test
  void report15ShowsBothModules() throws Exception {
    assertThat(text(RawQuote.v5()).lines())
        .contains("TD report 1.5")
        .anyMatch(line -> line.startsWith("  MRSERVICETD "))
        .anyMatch(
            line -> line.matches("  TEE TCB SVN 2 .* \\(module version 32, ISV SVN 25\\), .*"));
  }

  @Test
  void aDebugEnclaveIsShownAsSuch() throws Exception {
    RawQuote raw = RawQuote.v3().certification(1, RawQuote.pattern(36, 7));
    raw.body[48] = 2;
    raw.qeAuthData = new byte[0];
    raw.qeAuthSize = 0;
    assertThat(text(raw).lines())
        .contains(
            "  QE SVN               2055",
            "                       DEBUG ON: it can be read and changed from outside, and keeps"
                + " no secret",
            "  QE auth data         none",
            "  certification data   type 1 (PPID, plain), 36 bytes",
            "  PPID                 d9e0e7eef5fc030a11181f262d343b42");
  }

  @Test
  void itSaysThatNothingIsProven() throws Exception {
    assertThat(text(RawQuote.v4()))
        .endsWith("Nothing of it is proven until the quote is verified.\n");
  }

  private static String text(RawQuote raw) throws QuoteFormatException {
    return QuoteText.of(Quote.parse(raw.bytes()));
  }
}
