package network.calimero.tee.release.verify;

import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.sigstore.SignatureRefusedException;

/**
 * Why a release is refused; texts are of one line and bounded.
 *
 * @param code for programs: that of a {@link ReleaseCode}, of a {@link
 *     SignatureRefusedException.Code}, or of a {@link SourceException.Code}
 * @param subject the asset or tag that it is about
 * @param reason what is wrong
 * @param found what was found, or an empty text
 * @param expected what should have been there, or an empty text
 * @param advice what to do
 */
public record Refusal(
    String code, String subject, String reason, String found, String expected, String advice) {
  private static final int MAX_TEXT = 600;

  /** Makes the texts fit. */
  public Refusal {
    reason = PlainText.bounded(reason, MAX_TEXT);
    found = PlainText.bounded(found, MAX_TEXT);
    expected = PlainText.bounded(expected, MAX_TEXT);
  }

  /** Whether a file is missing, so that another time it may be there. */
  public boolean isOfMissingFile() {
    return code.equals(ReleaseCode.ASSET_MISSING.text())
        || code.equals(ReleaseCode.SIGNATURE_MISSING.text());
  }

  static Refusal of(ReleaseCode code, String subject, String reason) {
    return of(code, subject, reason, "", "");
  }

  static Refusal of(
      ReleaseCode code, String subject, String reason, String found, String expected) {
    return new Refusal(code.text(), subject, reason, found, expected, code.advice());
  }

  static Refusal of(String asset, SignatureRefusedException e) {
    String reason =
        e.signedBy().map(who -> e.reason() + "; it is signed by " + who).orElse(e.reason());
    return new Refusal(e.code().text(), asset, reason, e.found(), e.expected(), e.advice());
  }

  static Refusal of(ReleaseVersion version, SourceException e) {
    return new Refusal(e.code().text(), version.toString(), e.reason(), "", "", e.code().advice());
  }
}
