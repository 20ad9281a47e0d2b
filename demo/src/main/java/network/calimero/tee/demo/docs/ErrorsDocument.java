package network.calimero.tee.demo.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.node.KmsTag;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.quote.QuoteFormatException;

/** Every error that a user can meet, and what to do about it. */
final class ErrorsDocument {
  private ErrorsDocument() {}

  static String text() {
    return String.join(
        "\n",
        "# Errors\n",
        Markdown.GENERATED,
        "## Answers of the KMS\n",
        "The body is `{\"error\": tag, \"details\": text}`; `details` says what was found, and is left out"
            + " where there is nothing to say. 404, 405, 413 and 415 come as `invalid_request` too.\n",
        answers(),
        "## What a node meets before or beside an answer\n",
        "Codes of `mero-tee kms attest` and `mero-tee kms get-key`.\n",
        node(),
        "## Verification of a quote\n",
        "In the order of the ten steps; the first that fails is told: in the details of"
            + " `attestation_verification_failed`, and as `failure.code` of `mero-tee quote verify"
            + " --json`.\n",
        verification(),
        "## Collateral that is not to be had\n",
        "No verdict is possible then: neither \"yes\" nor \"no\".\n",
        collateral(),
        "## Bytes that are not a quote\n",
        "Told with the offset, what was found and what was expected there.\n",
        form());
  }

  private static String answers() {
    return table(
        Markdown.row("error", "status", "what a node's operator does"),
        KmsError.values(),
        error ->
            Markdown.row(
                Markdown.code(error.tag()), String.valueOf(error.status()), advice(error)));
  }

  private static String advice(KmsError error) {
    return KmsTag.of(error.tag()).orElseThrow().advice();
  }

  private static String node() {
    return table(
        Markdown.row("code", "what to do"),
        NodeException.Code.values(),
        code -> Markdown.row(Markdown.code(code.text()), code.advice()));
  }

  private static String verification() {
    return table(
        Markdown.row("code", "step", "what to do"),
        FailureCode.values(),
        code -> Markdown.row(Markdown.code(code.text()), step(code.step()), code.advice()));
  }

  private static String step(Step step) {
    return step.number() + ", " + step.title();
  }

  private static String collateral() {
    return table(
        Markdown.row("code", "what to do"),
        CollateralUnavailableException.Code.values(),
        code -> Markdown.row(Markdown.code(code.text()), code.advice()));
  }

  private static String form() {
    return table(
        Markdown.row("fault", "meaning"),
        QuoteFormatException.Fault.values(),
        fault ->
            Markdown.row(
                Markdown.code(fault.name().toLowerCase(Locale.ROOT)), fault.explanation()));
  }

  private static <T> String table(
      List<String> headings, T[] values, Function<T, List<String>> row) {
    return Markdown.table(headings, Arrays.stream(values).map(row).toList());
  }
}
