package network.calimero.tee.dcap;

import network.calimero.tee.quote.EnclaveReport;
import network.calimero.tee.quote.ReportBody;
import network.calimero.tee.quote.TdAttributes;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.quote.TdReport15;

/** Step 10 of dcap.md: attributes under which nothing that a TD or enclave says can be trusted. */
final class AttributesCheck {
  private AttributesCheck() {}

  static void verify(ReportBody body, VerifierOptions options) throws VerificationException {
    if (body.isDebug() && !options.allowDebug()) {
      throw switch (body) {
        case TdReport td ->
            new VerificationException(
                FailureCode.TD_DEBUG,
                "a debug TD: its host can read its memory",
                td.tdAttributes().hex(),
                "bit 0 off");
        case EnclaveReport enclave ->
            new VerificationException(
                FailureCode.SGX_DEBUG,
                "a debug enclave: its host can read its memory",
                enclave.attributes().hex(),
                "bit 1 off");
      };
    }
    if (body instanceof TdReport td) {
      verify(td, options);
    }
  }

  private static void verify(TdReport td, VerifierOptions options) throws VerificationException {
    TdAttributes attributes = td.tdAttributes();
    if (attributes.reservedBits() != 0) {
      throw new VerificationException(
          FailureCode.TD_RESERVED_ATTRIBUTES,
          attributes.isMigratable()
              ? "reserved TD attributes are set, MIGRATABLE (bit 29) among them"
              : "reserved TD attributes are set",
          attributes.hex(),
          "only bits 0, 28, 30, 31 and 63");
    }
    if (!attributes.septVeDisable()) {
      throw new VerificationException(
          FailureCode.TD_SEPT_VE_DISABLE_OFF,
          "SEPT_VE_DISABLE is off: the host can inject exceptions into the TD",
          attributes.hex(),
          "bit 28 on");
    }
    TdReport15 extension = td.extension15();
    if (extension != null && !extension.mrServiceTd().isZero() && !options.allowServiceTd()) {
      throw new VerificationException(
          FailureCode.TD_SERVICE_TD,
          "the TD is bound to a service TD",
          extension.mrServiceTd().hex(),
          "zero");
    }
  }
}
