package network.calimero.tee.cli;

import network.calimero.tee.bundles.TrustedRootUpdateException;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.node.KmsError;
import network.calimero.tee.node.KmsTag;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.sigstore.SignatureRefusedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why there is no "yes", in plain text.
 *
 * @param code for programs: lower case with underscores
 * @param step the step of verification that failed; null where none did
 * @param reason what is wrong
 * @param found what was found, or an empty text
 * @param expected what should have been there, or an empty text
 * @param advice what to do next
 */
record Failure(
    String code, @Nullable Step step, String reason, String found, String expected, String advice) {
  private static final String QUOTE_FORMS =
      "give a quote as it is, in hex, in base64, or the JSON answer that it came in";

  Failure {
    reason = PlainText.of(reason);
    found = PlainText.of(found);
    expected = PlainText.of(expected);
    advice = PlainText.of(advice);
  }

  Failure(String code, String reason, String advice) {
    this(code, null, reason, "", "", advice);
  }

  static Failure of(OwnCode code, String reason) {
    return new Failure(code.text(), reason, code.advice());
  }

  static Failure of(VerificationException e) {
    return new Failure(
        e.code().text(), e.step(), e.reason(), e.found(), e.expected(), e.code().advice());
  }

  static Failure of(CollateralUnavailableException e) {
    String reason = PlainText.of(e);
    return new Failure(codeOf(e.code()), reason, e.advice());
  }

  static String codeOf(CollateralUnavailableException.Code code) {
    return "collateral_" + code.text();
  }

  static Failure of(NodeException e) {
    String code = e.error().flatMap(KmsError::known).map(KmsTag::text).orElse(e.code().text());
    return new Failure(code, PlainText.of(e), e.advice());
  }

  static Failure of(SignatureRefusedException e) {
    return new Failure(e.code().text(), null, e.reason(), e.found(), e.expected(), e.advice());
  }

  static Failure of(TrustedRootUpdateException e) {
    return new Failure(e.code().text(), e.reason(), e.code().advice());
  }

  /** Bytes or text that hold no quote to verify. */
  static Failure noQuote(String reason) {
    return new Failure(FailureCode.QUOTE_MALFORMED.text(), Step.FORM, reason, "", "", QUOTE_FORMS);
  }

  /** The same where nothing was to be verified: no step failed. */
  static Failure nothingToShow(String reason) {
    return new Failure(FailureCode.QUOTE_MALFORMED.text(), reason, QUOTE_FORMS);
  }

  /** Collateral that is there but not in a known form. */
  static Failure malformedCollateral(String reason) {
    FailureCode code = FailureCode.COLLATERAL_MALFORMED;
    return new Failure(code.text(), code.step(), reason, "", "", code.advice());
  }

  /** The same failure, with other words on what to do. */
  Failure withAdvice(String other) {
    return new Failure(code, step, reason, found, expected, other);
  }

  /** Reason with what was found and expected. */
  String sentence() {
    StringBuilder text = new StringBuilder(reason);
    if (!found.isEmpty()) {
      text.append(": found ").append(found);
    }
    if (!expected.isEmpty()) {
      text.append(found.isEmpty() ? ": expected " : ", expected ").append(expected);
    }
    return text.toString();
  }

  /** {@link #sentence} with the step that failed, if one did. */
  String message() {
    return step == null
        ? sentence()
        : "step %d (%s): %s".formatted(step.number(), step.title(), sentence());
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("code", code);
    if (step == null) {
      node.putNull("step");
    } else {
      node.put("step", step.number());
      node.put("stepTitle", step.title());
    }
    node.put("message", message());
    node.put("reason", reason);
    node.put("found", found.isEmpty() ? null : found);
    node.put("expected", expected.isEmpty() ? null : expected);
    node.put("advice", advice);
    return node;
  }
}
