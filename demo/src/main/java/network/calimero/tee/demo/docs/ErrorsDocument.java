package network.calimero.tee.demo.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.calimero.tee.cli.ErrorCodes;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.time.Staleness;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.sigstore.SignatureRefusedException;

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
        "`mero-tee kms attest` ends in 4 (no verdict) on each of them, for there is no evidence then;"
            + " the table has the exit codes of `mero-tee kms get-key`. Where there are two, the"
            + " second is for answers by which the KMS has not judged the node: status 404 or 405, or"
            + " details that begin with `"
            + network.calimero.tee.node.KmsError.NO_COLLATERAL
            + "` or `"
            + network.calimero.tee.node.KmsError.NO_VERDICT
            + "`, when the KMS itself had nothing to verify a quote with.\n",
        answers(),
        "## What mero-tee finds itself\n",
        "As `failure.code` with `--json`.\n",
        table(ErrorCodes.own()),
        "## Signatures\n",
        "As `failure.code` of `mero-tee policy verify --json` and of whatever verifies releases, in the"
            + " order in which the checks are made; those of today's bundles come last. Of a"
            + " signature that holds but is not the expected signer's, the signer is told.\n",
        table(ErrorCodes.signatures()),
        "## Releases\n",
        "As `failure.code` of `mero-tee release verify --json` and of whatever takes something from a"
            + " release; those of signatures are above. The first thing that does not hold is told.\n",
        table(ErrorCodes.releases()),
        "## Files of releases that do not come\n",
        "Nothing is known of the release then, exit code 4; a file that is larger than any such file,"
            + " and a server that sends elsewhere, are a \"no\"; a folder of one's own that cannot be"
            + " used is neither.\n",
        table(ErrorCodes.releaseSources()),
        "## Updates of the trusted root\n",
        "Codes of `mero-tee release trusted-root --update`. Whatever was kept before is as it was.\n",
        table(ErrorCodes.trustedRoot()),
        "## What a node meets before or beside an answer\n",
        "Codes of `mero-tee kms attest` and `mero-tee kms get-key`.\n",
        table(ErrorCodes.node()),
        "## Verification of a quote\n",
        "In the order of the ten steps; the first that fails is told: in the details of"
            + " `attestation_verification_failed`, and as `failure.code` of `mero-tee quote verify"
            + " --json`. The command then ends in 1, rejected: collateral that is there but expired,"
            + " malformed or badly signed is a \"no\".\n",
        verification(),
        "## Collateral that does not come\n",
        "Where it is not to be had, no verdict is possible: neither \"yes\" nor \"no\", exit code 4."
            + " Where all servers could be asked, and what they have is in no form to verify with, it"
            + " is there and bad: exit code 1. In answers of a KMS the details begin with `"
            + network.calimero.tee.node.KmsError.NO_COLLATERAL
            + "` for each of these.\n",
        table(ErrorCodes.collateral()),
        "## A KMS whose clock or collateral is too old\n",
        "A KMS does not believe a clock before the commit it was built from or before the date of"
            + " collateral, or of a policy's signature, that it has seen, nor collateral older than"
            + " its measured minimum or than it has seen, though Intel signed it. It judges no quote by these: its details then begin"
            + " with `"
            + network.calimero.tee.node.KmsError.NO_VERDICT
            + "` and the code, exit code 4. The remedies are its operator's.\n",
        staleness(),
        "## Signatures of releases\n",
        "In the order of the checks; the first that fails is told. A KMS has the code in brackets, in"
            + " the log (`policy.attempt_failed`), in `GET /ready` and in the details of"
            + " `policy_not_ready`.\n",
        signatures(),
        "## Bytes that are not a quote\n",
        "Told with the offset, what was found and what was expected there.\n",
        form());
  }

  private static String staleness() {
    return table(
        Markdown.row("code", "what to do"),
        Staleness.values(),
        reason -> Markdown.row(Markdown.code(reason.text()), reason.advice()));
  }

  private static String signatures() {
    return table(
        Markdown.row("code", "what to do"),
        SignatureRefusedException.Code.values(),
        code -> Markdown.row(Markdown.code(code.text()), code.advice()));
  }

  private static String answers() {
    return table(
        Markdown.row("error", "status", "exit", "what a node's operator does"),
        KmsError.values(),
        error -> {
          ErrorCodes.Entry entry = entry(error);
          return Markdown.row(
              Markdown.code(error.tag()),
              String.valueOf(error.status()),
              exits(entry),
              entry.advice());
        });
  }

  private static ErrorCodes.Entry entry(KmsError error) {
    return ErrorCodes.kms().stream()
        .filter(entry -> entry.code().equals(error.tag()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("mero-tee does not know " + error.tag()));
  }

  private static String table(List<ErrorCodes.Entry> entries) {
    return Markdown.table(
        Markdown.row("code", "exit", "what to do"),
        entries.stream()
            .map(e -> Markdown.row(Markdown.code(e.code()), exits(e), e.advice()))
            .toList());
  }

  private static String exits(ErrorCodes.Entry entry) {
    return entry.exits().stream().map(String::valueOf).collect(Collectors.joining(" or "));
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
