package network.calimero.tee.release.policy;

import network.calimero.tee.bytes.PlainText;

/**
 * One weakness of one document.
 *
 * @param severity as a rule the code's own
 * @param file the document's name
 * @param subject what of it: a cohort, a list, an entry; empty for the whole document
 * @param detail what was found; may be empty
 */
public record Finding(
    LintCode code, Severity severity, String file, String subject, String detail) {
  private static final int MAX_DETAIL = 400;

  /** Makes both texts fit for one line. */
  public Finding {
    subject = PlainText.bounded(subject, MAX_DETAIL);
    detail = PlainText.bounded(detail, MAX_DETAIL);
  }

  static Finding of(LintCode code, PolicyFile file, String subject, String detail) {
    return new Finding(code, code.severity(), file.name(), subject, detail);
  }

  Finding as(Severity other) {
    return new Finding(code, other, file, subject, detail);
  }
}
