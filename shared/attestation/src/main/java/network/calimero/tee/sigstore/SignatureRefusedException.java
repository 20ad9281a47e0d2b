package network.calimero.tee.sigstore;

import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.PlainText;

/**
 * A signature was refused. Carries the closed {@link Code} of the check that failed, what was found
 * and what was expected. Texts are bounded, of printable characters, and public.
 */
public final class SignatureRefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 200;
  private static final int MAX_SIGNER = 450;

  /** Which check failed, in the order in which they are made. */
  public enum Code {
    BUNDLE_MALFORMED("make the bundle again with cosign's older bundle format"),
    SIGNATURE_FILE_MALFORMED("download the .sig file again"),
    CERTIFICATE_FILE_MALFORMED("download the .pem file again"),
    LOG_ANSWER_MALFORMED("ask the log again, or another mirror of it"),
    SIGNATURE_FILE_DIFFERS("download the .sig and the bundle again, from the same release"),
    LOG_UNKNOWN("verify with the trust root of the infrastructure that signed it"),
    LOG_KEY_NOT_VALID_THEN("verify with the trust root of the infrastructure that signed it"),
    LOG_PROMISE_WRONG("download the bundle again; if it stays so, do not use this release"),
    LOG_ENTRY_UNKNOWN_KIND("sign it again as a hashedrekord 0.0.1"),
    LOG_ENTRY_OF_OTHER_ARTIFACT("download the file again; if it stays so, do not use it"),
    LOG_ENTRY_OF_OTHER_SIGNATURE("download the bundle again; if it stays so, do not use it"),
    LOG_ENTRY_OF_OTHER_CERTIFICATE("download the bundle again; if it stays so, do not use it"),
    CERTIFICATE_MALFORMED("download it again; if it stays so, do not use this release"),
    CERTIFICATE_NOT_VALID_THEN("do not use it: it was signed with an expired key"),
    CERTIFICATE_NOT_FOR_SIGNING("do not use it: its certificate is not one for signing code"),
    AUTHORITY_UNKNOWN("verify with the trust root of the infrastructure that signed it"),
    AUTHORITY_NOT_VALID_THEN("verify with the trust root of the infrastructure that signed it"),
    AUTHORITY_UNFIT("verify with the trust root of the infrastructure that signed it"),
    SCT_MISSING("do not use it: its certificate was never published"),
    SCT_LOG_UNKNOWN("verify with the trust root of the infrastructure that signed it"),
    SCT_LOG_KEY_NOT_VALID_THEN("verify with the trust root of the infrastructure that signed it"),
    SCT_WRONG("do not use it: its certificate was never published"),
    CLAIMS_MALFORMED("do not use it: its certificate does not say clearly who signed"),
    OTHER_ISSUER("do not use it: somebody else signed it"),
    OTHER_IDENTITY("do not use it: somebody else signed it"),
    OTHER_TRIGGER("do not use it: the workflow was started in another way"),
    OTHER_WORKFLOW("do not use it: another workflow signed it"),
    OTHER_REPOSITORY("do not use it: another repository signed it"),
    OTHER_REPOSITORY_ID("do not use it: a repository of the same name, but another, signed it"),
    OTHER_REF("do not use it: it was signed for another branch or tag"),
    SIGNATURE_WRONG("download the file again; if it stays so, do not use it"),
    /** From here on: of today's bundles only. */
    TODAYS_BUNDLE_MALFORMED("download the bundle again; if it stays so, do not use this release"),
    TODAYS_BUNDLE_NOT_READ(
        "sign it again with cosign's older bundle ('cosign sign-blob --new-bundle-format=false'),"
            + " the only one that nodes, key servers and the functions read; to look at it as it"
            + " is, 'mero-tee release verify' reads both"),
    STATEMENT_NOT_SIGNATURE("give the bundle of the file's own signature"),
    CERTIFICATE_REFUSED("verify with the trust root of the infrastructure that signed it"),
    LOG_ENTRY_REFUSED("download the bundle again; if it stays so, do not use it"),
    TIMESTAMP_REFUSED("download the bundle again; if it stays so, do not use it"),
    TRUSTED_ROOT_UNUSABLE("give a trusted_root.json as Sigstore publishes it, or fetch it anew");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** For programs: {@code signature_} and the name in lower case. */
    public String text() {
      return "signature_" + name().toLowerCase(Locale.ROOT);
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  private final Code code;
  private final String reason;
  private final String found;
  private final String expected;
  private final String signedBy;

  /** A refusal by whoever verifies; found and expected may be empty. */
  public SignatureRefusedException(Code code, String reason, String found, String expected) {
    this(code, reason, found, expected, "");
  }

  SignatureRefusedException(
      Code code, String reason, String found, String expected, String signedBy) {
    super(message(reason, found, expected, signedBy), null, false, false);
    this.code = code;
    this.reason = bounded(reason);
    this.found = bounded(found);
    this.expected = bounded(expected);
    this.signedBy = PlainText.bounded(signedBy, MAX_SIGNER);
  }

  private static String message(String reason, String found, String expected, String signedBy) {
    StringBuilder text = new StringBuilder(bounded(reason));
    if (!found.isEmpty()) {
      text.append(": found ").append(bounded(found));
    }
    if (!expected.isEmpty()) {
      text.append(", expected ").append(bounded(expected));
    }
    if (!signedBy.isEmpty()) {
      text.append("; it is signed by ").append(PlainText.bounded(signedBy, MAX_SIGNER));
    }
    return text.toString();
  }

  private static String bounded(String text) {
    return PlainText.bounded(text, MAX_TEXT);
  }

  /** Which check failed. */
  public Code code() {
    return code;
  }

  /** What is wrong, without found and expected. */
  public String reason() {
    return reason;
  }

  /** What was found, or an empty text. */
  public String found() {
    return found;
  }

  /** What should have been there, or an empty text. */
  public String expected() {
    return expected;
  }

  /** Whom the certificate names, where that is proven and is not who was expected. */
  public Optional<String> signedBy() {
    return signedBy.isEmpty() ? Optional.empty() : Optional.of(signedBy);
  }

  /** What to do about it; the same as {@code code().advice()}. */
  public String advice() {
    return code.advice();
  }
}
