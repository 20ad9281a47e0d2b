package network.calimero.tee.cli;

import java.util.Locale;

/** Failures that are this program's own findings, with the exit code that each ends in. */
enum OwnCode {
  USAGE(
      Exits.USAGE, "the command line is wrong: the message says where, --help shows what is right"),
  INPUT_UNUSABLE(
      Exits.USAGE,
      "a file, folder or socket that was named cannot be used: check its path and permissions"),
  MACHINE_QUOTE_FAILED(
      Exits.USAGE,
      "this machine gives no quote: name the right source with --dstack SOCKET or --configfs-tsm DIR"),
  CONFIGURATION_REFUSED(
      Exits.USAGE,
      "a KMS would not start with these settings: each problem names one and what is accepted"),
  POLICY_MALFORMED(
      Exits.REJECTED,
      "give a policy, a candidate, an index or a catalogue as it was published, or a folder of them"),
  POLICY_UNUSABLE(
      Exits.REJECTED,
      "do not configure by it: the release says of itself what cannot be; use another release"),
  MEROD_FAILED(
      Exits.USAGE,
      "see what merod says, and run it again: values that are set are set to the same again"),
  POLICY_WEAK(
      Exits.REJECTED,
      "mend what each finding names, or raise --fail-on if you mean to live with it"),
  STATUS_NOT_DECLARED(
      Exits.NOT_ALLOWED,
      "let the platform be updated, or declare its status with --allowed-tcb-status and say why"),
  INTERNAL_ERROR(
      Exits.USAGE,
      "this is a fault of the program: run it again with --debug and report what it prints"),
  EVENT_LOG_MALFORMED(
      Exits.REJECTED, "give an event log as it is, or the JSON answer that it came in"),
  NOT_A_TRUST_DOMAIN(Exits.REJECTED, "check that a KMS in a TDX VM listens at the URL"),
  REPORT_DATA_MISMATCH(
      Exits.REJECTED, "do not trust it: an old or a foreign quote was played back"),
  REPORT_MALFORMED(
      Exits.REJECTED,
      "give a report as the verifier's page exports it, or the answer of POST /api/verify as it came"),
  REPORT_REFUTED(
      Exits.REJECTED,
      "do not trust what the report is about: the check that is named does not hold"),
  REPORT_INCOMPLETE(
      Exits.NO_VERDICT,
      "ask the verifier again with a nonce of your own, and keep the whole answer; documents of a"
          + " release that it lacks can be given with --offline"),
  KMS_NOT_ALLOWED(
      Exits.NOT_ALLOWED, "ask its operator which release runs there, or expect that one");

  private final int exit;
  private final String advice;

  OwnCode(int exit, String advice) {
    this.exit = exit;
    this.advice = advice;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  int exit() {
    return exit;
  }

  String advice() {
    return advice;
  }
}
