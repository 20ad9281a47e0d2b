package network.calimero.tee.dcap;

import java.util.Locale;

/**
 * Every way in which verification can fail. Each belongs to one step of dcap.md and says what
 * whoever meets it can do. The names are part of the public API: tools print them, tests assert
 * them.
 */
public enum FailureCode {
  QUOTE_MALFORMED(Step.FORM, Advice.EVIDENCE),
  QUOTE_VERSION_UNSUPPORTED(
      Step.FORM,
      "let the enclave make its quotes in version 3: SGX in version 4 is not verified here"),
  COLLATERAL_MALFORMED(Step.FORM, Advice.COLLATERAL),

  ROOT_UNTRUSTED(Step.ROOT, Advice.ROOT),
  ROOT_REVOKED(Step.ROOT, Advice.NEVER),
  ROOT_CRL_MALFORMED(Step.ROOT, Advice.COLLATERAL),
  ROOT_CRL_WRONG_ISSUER(Step.ROOT, Advice.COLLATERAL),
  ROOT_CRL_SIGNATURE_INVALID(Step.ROOT, Advice.COLLATERAL),
  ROOT_CRL_NOT_YET_VALID(Step.ROOT, Advice.CLOCK),
  ROOT_CRL_EXPIRED(Step.ROOT, Advice.REFRESH),

  TCB_INFO_CHAIN_MALFORMED(Step.TCB_INFO, Advice.COLLATERAL),
  TCB_INFO_CHAIN_INVALID(Step.TCB_INFO, Advice.COLLATERAL),
  TCB_INFO_CHAIN_NOT_YET_VALID(Step.TCB_INFO, Advice.CLOCK),
  TCB_INFO_CHAIN_EXPIRED(Step.TCB_INFO, Advice.REFRESH),
  TCB_INFO_SIGNER_REVOKED(Step.TCB_INFO, Advice.NEVER),
  TCB_INFO_SIGNATURE_INVALID(Step.TCB_INFO, Advice.COLLATERAL),
  TCB_INFO_MALFORMED(Step.TCB_INFO, Advice.COLLATERAL),
  TCB_INFO_WRONG_TYPE(Step.TCB_INFO, Advice.COLLATERAL),
  TCB_INFO_NOT_YET_VALID(Step.TCB_INFO, Advice.CLOCK),
  TCB_INFO_EXPIRED(Step.TCB_INFO, Advice.REFRESH),
  TCB_INFO_TOO_OLD(Step.TCB_INFO, Advice.NEWER_SET),

  QE_IDENTITY_CHAIN_MALFORMED(Step.QE_IDENTITY, Advice.COLLATERAL),
  QE_IDENTITY_CHAIN_INVALID(Step.QE_IDENTITY, Advice.COLLATERAL),
  QE_IDENTITY_CHAIN_NOT_YET_VALID(Step.QE_IDENTITY, Advice.CLOCK),
  QE_IDENTITY_CHAIN_EXPIRED(Step.QE_IDENTITY, Advice.REFRESH),
  QE_IDENTITY_SIGNER_REVOKED(Step.QE_IDENTITY, Advice.NEVER),
  QE_IDENTITY_SIGNATURE_INVALID(Step.QE_IDENTITY, Advice.COLLATERAL),
  QE_IDENTITY_MALFORMED(Step.QE_IDENTITY, Advice.COLLATERAL),
  QE_IDENTITY_WRONG_TYPE(Step.QE_IDENTITY, Advice.COLLATERAL),
  QE_IDENTITY_NOT_YET_VALID(Step.QE_IDENTITY, Advice.CLOCK),
  QE_IDENTITY_EXPIRED(Step.QE_IDENTITY, Advice.REFRESH),
  QE_IDENTITY_TOO_OLD(Step.QE_IDENTITY, Advice.NEWER_SET),

  PCK_CHAIN_MISSING(Step.PCK_CHAIN, Advice.PCK_CHAIN),
  PCK_CHAIN_MALFORMED(Step.PCK_CHAIN, Advice.EVIDENCE),
  PCK_CHAIN_INVALID(Step.PCK_CHAIN, Advice.EVIDENCE),
  PCK_CHAIN_NOT_YET_VALID(Step.PCK_CHAIN, Advice.CLOCK),
  PCK_CHAIN_EXPIRED(Step.PCK_CHAIN, Advice.PCK_RENEW),
  PCK_EXTENSION_INVALID(Step.PCK_CHAIN, Advice.EVIDENCE),
  PCK_CRL_MALFORMED(Step.PCK_CHAIN, Advice.COLLATERAL),
  PCK_CRL_WRONG_ISSUER(Step.PCK_CHAIN, Advice.COLLATERAL),
  PCK_CRL_SIGNATURE_INVALID(Step.PCK_CHAIN, Advice.COLLATERAL),
  PCK_CRL_NOT_YET_VALID(Step.PCK_CHAIN, Advice.CLOCK),
  PCK_CRL_EXPIRED(Step.PCK_CHAIN, Advice.REFRESH),
  PCK_CA_REVOKED(Step.PCK_CHAIN, Advice.NEVER),
  PCK_REVOKED(Step.PCK_CHAIN, Advice.NEVER),

  QE_REPORT_SIGNATURE_INVALID(Step.QE_REPORT, Advice.EVIDENCE),
  QE_REPORT_DATA_MISMATCH(Step.QE_REPORT, Advice.EVIDENCE),
  QE_MISCSELECT_MISMATCH(Step.QE_REPORT, Advice.QE),
  QE_ATTRIBUTES_MISMATCH(Step.QE_REPORT, Advice.QE),
  QE_MRSIGNER_MISMATCH(Step.QE_REPORT, Advice.QE),
  QE_ISVPRODID_MISMATCH(Step.QE_REPORT, Advice.QE),
  QE_DEBUG(Step.QE_REPORT, Advice.QE),
  QE_NO_TCB_LEVEL(Step.QE_REPORT, Advice.QE),

  QUOTE_SIGNATURE_INVALID(Step.QUOTE_SIGNATURE, Advice.EVIDENCE),

  FMSPC_MISMATCH(Step.PLATFORM_TCB, Advice.OTHER_PLATFORM),
  PCEID_MISMATCH(Step.PLATFORM_TCB, Advice.OTHER_PLATFORM),
  NO_TCB_LEVEL(Step.PLATFORM_TCB, Advice.FIRMWARE),

  TDX_MODULE_UNKNOWN(
      Step.TDX_MODULE,
      "fetch the newest TCB info, which may know this module; if it does not, update the platform's"
          + " TDX module"),
  TDX_MODULE_SIGNER_MISMATCH(Step.TDX_MODULE, Advice.MODULE),
  TDX_MODULE_ATTRIBUTES_MISMATCH(Step.TDX_MODULE, Advice.MODULE),
  TDX_MODULE_NO_TCB_LEVEL(Step.TDX_MODULE, Advice.MODULE),

  TCB_REVOKED(
      Step.CONVERGENCE,
      "update the part that is Revoked, as said above: no policy can allow it, for what it vouches"
          + " for cannot be believed"),

  TD_DEBUG(Step.ATTRIBUTES, "start the TD without debugging: a debug TD can be read by its host"),
  TD_RESERVED_ATTRIBUTES(
      Step.ATTRIBUTES, "start the TD without attributes that have no agreed meaning here"),
  TD_SEPT_VE_DISABLE_OFF(
      Step.ATTRIBUTES, "start the TD with SEPT_VE_DISABLE on, as every current guest kernel asks"),
  TD_SERVICE_TD(
      Step.ATTRIBUTES, "start the TD without a service TD: whoever runs that one can act on it"),
  SGX_DEBUG(Step.ATTRIBUTES, "start the enclave without debugging");

  private final Step step;
  private final String advice;

  FailureCode(Step step, String advice) {
    this.step = step;
    this.advice = advice;
  }

  /** The step of dcap.md that failed. */
  public Step step() {
    return step;
  }

  /** What to do about it, a phrase for people. */
  public String advice() {
    return advice;
  }

  /** The code as tools print it: lower case with underscores. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it is the collateral that is refused, which says nothing of the quote: "don't know"
   * where it came from a server. What collateral says against a quote (revoked, no level) is a
   * "no".
   */
  public boolean isOfCollateral() {
    return switch (this) {
      case COLLATERAL_MALFORMED,
          PCK_CRL_MALFORMED,
          PCK_CRL_WRONG_ISSUER,
          PCK_CRL_SIGNATURE_INVALID,
          PCK_CRL_NOT_YET_VALID,
          PCK_CRL_EXPIRED,
          FMSPC_MISMATCH,
          PCEID_MISMATCH ->
          true;
      case ROOT_UNTRUSTED, ROOT_REVOKED -> false;
      default -> step == Step.ROOT || step == Step.TCB_INFO || step == Step.QE_IDENTITY;
    };
  }

  private static final class Advice {
    static final String EVIDENCE =
        "ask the attester for a fresh quote; if it fails again, do not trust it";
    static final String COLLATERAL =
        "fetch the collateral again from Intel's PCS or another PCCS; what was given is not what Intel signed for this platform";
    static final String NEWER_SET =
        "fetch the newest set from Intel: this one is genuine and in time, but older than the least"
            + " that is accepted here; a server that still gives it is behind";
    static final String REFRESH = "fetch fresh collateral: Intel issues it for about 30 days";
    static final String CLOCK =
        "check the clock: the time of verification lies before the time of issue";
    static final String ROOT = "only quotes that chain to the pinned root are believed";
    static final String NEVER = "Intel has withdrawn it: do not trust this evidence";
    static final String PCK_CHAIN =
        "give the PCK certificate chain with the collateral, or let the platform put it in its quotes (certification data type 5)";
    static final String PCK_RENEW =
        "let the platform fetch a new PCK certificate and make a new quote";
    static final String QE =
        "the platform's quoting enclave is not Intel's current one: update its DCAP packages";
    static final String OTHER_PLATFORM = "fetch the collateral of the platform that made the quote";
    static final String FIRMWARE = "update the platform's BIOS and microcode";
    static final String MODULE =
        "update the platform's TDX module (SEAM loader, usually part of the BIOS)";

    private Advice() {}
  }
}
