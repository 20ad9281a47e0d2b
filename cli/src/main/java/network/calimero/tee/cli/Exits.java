package network.calimero.tee.cli;

import network.calimero.tee.bundles.TrustedRootUpdateException;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.node.CollateralFault;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.release.source.SourceException;

/** Exit codes, the same for all commands, and how help pages explain them. */
final class Exits {
  static final int OK = 0;
  static final int REJECTED = 1;
  static final int USAGE = 2;
  static final int NOT_ALLOWED = 3;
  static final int NO_VERDICT = 4;

  static final String HEADING = "%nExit codes:%n";

  /** As picocli wants them: code, colon, text. */
  static final class Quote {
    static final String OK = "0:authentic, and its TCB status is allowed";
    static final String REJECTED =
        "1:rejected: the quote or the collateral beside it is malformed, expired, badly signed,"
            + " revoked or of another platform";
    static final String USAGE = "2:wrong usage, or a file cannot be read";
    static final String NOT_ALLOWED = "3:authentic, but its TCB status is not allowed";
    static final String NO_VERDICT =
        "4:no verdict: the collateral is not to be had, so nothing is known";

    private Quote() {}
  }

  /** The same for commands that talk to a KMS. */
  static final class Kms {
    static final String OK =
        "0:done: the KMS is genuine, its TCB status allowed, and every --expect-… value met;"
            + " without one only genuineness was checked";
    static final String REJECTED =
        "1:refused: the KMS's evidence is not genuine or not fresh, or the KMS refused this node";
    static final String USAGE =
        "2:wrong usage, a file cannot be read, or this machine gives no quote";
    static final String NOT_ALLOWED =
        "3:the KMS is genuine, but its TCB status or measurements are not the expected ones";
    static final String NO_VERDICT =
        "4:no verdict: no KMS answers at the URL, it cannot say (busy, not ready, unable to attest"
            + " itself), or the collateral is not to be had";

    private Kms() {}
  }

  /** The same for commands that verify releases. */
  static final class Release {
    static final String OK = "0:genuine: every check held";
    static final String REFUSED =
        "1:refused: a file is missing, not signed by whom it must be, or does not fit the others";
    static final String USAGE = "2:wrong usage, or a file or folder cannot be read or written";
    static final String NO_VERDICT =
        "4:no verdict: a file, or the log, is not to be had, so nothing is known";

    private Release() {}
  }

  /** The same for reports of the verifier. */
  static final class Report {
    static final String OK = "0:confirmed: fresh for its nonce, genuine, and of the release";
    static final String REFUTED =
        "1:refuted: a check fails here, or failed by the report's own account; or it is no report";
    static final String USAGE = "2:wrong usage, or a file cannot be read";
    static final String NO_VERDICT =
        "4:no verdict: nothing fails, but the report lacks what it takes to confirm it";

    private Report() {}
  }

  private Exits() {}

  /** One's own folder is one's own fault; what cannot be had leaves no verdict. */
  static int of(SourceException.Code code) {
    if (code.isRefusal()) {
      return REJECTED;
    }
    return switch (code) {
      case NOT_REGULAR, UNREADABLE, UNWRITABLE -> USAGE;
      default -> NO_VERDICT;
    };
  }

  /** "There but bad" is a "no", "not to be had" is not. */
  static int of(CollateralUnavailableException.Code code) {
    return CollateralFault.isThereButBad(code) ? REJECTED : NO_VERDICT;
  }

  /** A repository that is not to be reached has refused nothing. */
  static int of(TrustedRootUpdateException.Code code) {
    return switch (code) {
      case TUF_UNREACHABLE -> NO_VERDICT;
      case TUF_REFUSED -> REJECTED;
      case TUF_NOT_KEPT -> USAGE;
    };
  }

  /** Silence, strangers and "not now" are no refusals. */
  static int of(NodeException.Code code) {
    return switch (code.meaning()) {
      case NO -> REJECTED;
      case UNKNOWN -> NO_VERDICT;
      case OWN_FAULT -> USAGE;
    };
  }
}
