package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyADebugEnclaveIsSaidToBeOne(boolean debug) throws Exception {
    RawQuote raw = RawQuote.v3();
    raw.body[48] = (byte) (debug ? 2 : 1);
    List<String> lines = text(raw).lines().toList();
    int attributes =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("  attributes"))
            .findFirst()
            .orElseThrow();
    assertThat(lines.get(attributes).endsWith(" (DEBUG off)")).isEqualTo(!debug);
    assertThat(lines.get(attributes + 1).contains("DEBUG ON")).isEqualTo(debug);
  }

  @Test
  void groupsStandApart() throws Exception {
    assertThat(text(RawQuote.v4()))
        .contains("\n\nHeader\n", "\n\nSignature\n", "\n\nThis is what the bytes say.");
  }

  @Test
  void everyFieldHasItsRow() throws Exception {
    assertThat(names(RawQuote.v5()))
        .containsExactly(
            "Header",
            "attestation key",
            "QE vendor",
            "user data",
            "TD report 1.5",
            "MRTD",
            "RTMR0",
            "RTMR1",
            "RTMR2",
            "RTMR3",
            "report data",
            "TD attributes",
            "XFAM",
            "MRCONFIGID",
            "MROWNER",
            "MROWNERCONFIG",
            "MRSERVICETD",
            "TDX module",
            "TEE TCB SVN",
            "TEE TCB SVN 2",
            "MRSEAM",
            "MRSIGNERSEAM",
            "SEAM attributes",
            "Signature",
            "signature",
            "attestation key",
            "QE report signature",
            "QE auth data",
            "certification data",
            "Quoting enclave's report",
            "MRENCLAVE",
            "MRSIGNER",
            "ISV product ID",
            "ISV SVN",
            "report data",
            "attributes",
            "CPU SVN",
            "MISCSELECT");
    assertThat(names(RawQuote.v3().certification(1, RawQuote.pattern(36, 7))))
        .startsWith("Header", "attestation key", "QE SVN", "PCE SVN", "QE vendor", "user data")
        .containsSubsequence(
            "certification data", "PPID", "platform CPU SVN", "platform PCE SVN", "PCE ID");
  }

  /** Titles, and names at the beginning of rows. */
  private static List<String> names(RawQuote raw) throws QuoteFormatException {
    return text(raw)
        .lines()
        .skip(1)
        .filter(line -> !line.startsWith("   ") && !line.isEmpty() && !line.contains("proven"))
        .map(line -> line.startsWith("  ") ? line.substring(2, 22).strip() : line)
        .toList();
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
