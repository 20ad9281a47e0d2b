package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyCodeHasAStepATextAndAnAdvice(FailureCode code) {
    assertThat(code.text()).matches("[a-z_]+").isEqualToIgnoringCase(code.name());
    assertThat(code.advice()).isNotBlank();
    assertThat(code.step().number()).isBetween(0, 10);
    assertThat(code.step().title()).isNotBlank();
  }

  /** All else is a "no" to the quote, which no other collateral turns into a "yes". */
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void refusedCollateralSaysNothingOfTheQuote(FailureCode code) {
    assertThat(code.isOfCollateral())
        .isEqualTo(
            code.name()
                .matches(
                    "COLLATERAL_MALFORMED|(ROOT_CRL|TCB_INFO|QE_IDENTITY|PCK_CRL)_.*"
                        + "|(FMSPC|PCEID)_MISMATCH"));
  }

  @Test
  void stepsAreNumberedAsInTheSpecification() {
    assertThat(Arrays.stream(Step.values()).map(Step::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aFailureTellsStepReasonFoundAndExpected() {
    var failure =
        new VerificationException(FailureCode.PCEID_MISMATCH, "of another", "0100", "0000");
    assertThat(failure)
        .hasMessage("step 7 (platform TCB level): of another: found 0100, expected 0000");
    assertThat(failure.code()).isEqualTo(FailureCode.PCEID_MISMATCH);
    assertThat(failure.step()).isEqualTo(Step.PLATFORM_TCB);
    assertThat(failure.reason()).isEqualTo("of another");
    assertThat(failure.found()).isEqualTo("0100");
    assertThat(failure.expected()).isEqualTo("0000");
    var brief = new VerificationException(FailureCode.ROOT_REVOKED, "revoked");
    assertThat(brief).hasMessage("step 1 (root of trust): revoked");
    assertThat(brief.found() + brief.expected()).isEmpty();
  }

  @Test
  void textsOfAFailureAreBoundedAndPrintable() {
    String endless = "x\n\u009b".repeat(1_000);
    var failure = new VerificationException(FailureCode.TCB_REVOKED, endless, endless, endless);
    assertThat(failure.reason()).hasSize(301).startsWith("x??x??").endsWith("…");
    assertThat(failure.found()).hasSize(301);
    assertThat(failure.expected()).hasSize(301);
    assertThat(failure.getMessage()).hasSizeLessThan(1_000).doesNotContain("\n", "\u009b");
  }

  @ParameterizedTest
  @EnumSource(TcbStatus.class)
  void statusesAreReadAsIntelSpellsThem(TcbStatus status) {
    assertThat(TcbStatus.of(status.text())).contains(status);
    assertThat(TcbStatus.of(status.text().toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(TcbStatus.ofAnyCase(status.text().toUpperCase(Locale.ROOT))).contains(status);
    assertThat(TcbStatus.ofAnyCase(status.text() + " ")).isEmpty();
    assertThat(status).hasToString(status.text());
  }
}
