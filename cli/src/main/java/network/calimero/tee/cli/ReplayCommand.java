package network.calimero.tee.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.RegisterComparison;
import network.calimero.tee.eventlog.RegisterComparison.Outcome;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.eventlog.UnprovenLogException.Code;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteNotFoundException;
import network.calimero.tee.quote.TdReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays an event log step by step, and holds it against a quote. */
@Command(
    name = "replay",
    header = "Replays an event log step by step, and compares it with a quote's registers.",
    description = {
      "",
      "Finds the log by looking: a dstack log, a CCEL table as it is or in base64, or the JSON that a"
          + " KMS or a dstack agent answers with, whose quote is then taken too. Nothing that a log"
          + " says is proven until a verified quote has the registers that it leads to: for that,"
          + " give a quote and what to verify it against. Without --collateral and --pccs the quote"
          + " is only read, not verified.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:the log was replayed, and leads to the quote's registers if there is a quote",
      "1:rejected: the log or the quote is malformed or not genuine, or the registers differ",
      Exits.Quote.USAGE,
      "3:proven, but the TCB status of the quote is not allowed",
      Exits.Quote.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  What happened, by its own account?",
      "    mero-tee eventlog replay CCEL.bin",
      "  Does it lead to the registers of this quote?",
      "    mero-tee eventlog replay eventlog.json --quote quote.bin",
      "  Is it proven, and which app is it?",
      "    mero-tee eventlog replay attest.json --pccs https://api.trustedservices.intel.com",
      "  For a program:",
      "    mero-tee eventlog replay attest.json --collateral c.json --json | jq .facts.composeHash"
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin VerificationOptions options = new VerificationOptions();

  @Parameters(
      paramLabel = "FILE",
      description =
          "A file with the event log, alone or in the answer it came in (at most 1 MiB), or - for"
              + " standard input.")
  String file = "";

  @Option(
      names = "--quote",
      paramLabel = "FILE",
      description =
          "Compare with the registers of this quote (raw, hex, base64 or JSON), or - for standard"
              + " input. By default the quote beside the log, if there is one.")
  @Nullable String quoteFile;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Verify the quote as of this time: unix seconds or ISO 8601. By default now.")
  @Nullable Instant at;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    requireSense();
    byte[] bytes = Inputs.read(console, file, EventLogInput.MAX_FILE_SIZE);
    EventLogInput input = log(bytes);
    Quote quote = quote(bytes, input);
    ReplayReport report =
        new ReplayReport(input, Replay.of(input.log()), outcome(input, quote), options.allowed());
    console.out().print(common.json ? report.json() : report.text());
    return report.exit();
  }

  /** What says how to verify is of no use without a source to verify against. */
  private void requireSense() {
    if (file.equals(Inputs.STDIN) && Inputs.STDIN.equals(quoteFile)) {
      throw usage("only one of log and quote can come from standard input");
    }
    boolean tellsHow =
        options.root != null
            || at != null
            || !options.statuses.isEmpty()
            || options.minTcbEvaluation != 0
            || options.minQeEvaluation != 0;
    if (tellsHow || options.isGiven()) {
      options.requireOneSource();
    }
  }

  private static EventLogInput log(byte[] bytes) throws FailureException {
    try {
      return EventLogInput.find(bytes);
    } catch (EventLogFormatException e) {
      throw new FailureException(
          Exits.REJECTED,
          new Failure(
              OwnCode.EVENT_LOG_MALFORMED.text(),
              PlainText.of(e),
              OwnCode.EVENT_LOG_MALFORMED.advice()));
    }
  }

  private @Nullable Quote quote(byte[] logFile, EventLogInput input) throws FailureException {
    if (quoteFile == null && !input.besideQuote()) {
      if (options.isGiven()) {
        throw usage("there is no quote beside the log to verify: give --quote FILE");
      }
      return null;
    }
    byte[] bytes =
        quoteFile == null ? logFile : Inputs.read(console, quoteFile, QuoteInput.MAX_FILE_SIZE);
    try {
      return Quote.parse(QuoteInput.find(bytes).bytes());
    } catch (QuoteNotFoundException | QuoteFormatException e) {
      String reason = PlainText.of(e);
      throw new FailureException(Exits.REJECTED, Failure.noQuote(reason));
    }
  }

  private ReplayOutcome outcome(EventLogInput input, @Nullable Quote quote)
      throws FailureException {
    if (quote == null) {
      return new ReplayOutcome.NoQuote();
    }
    if (!(quote.body() instanceof TdReport report)) {
      throw new FailureException(
          Exits.REJECTED,
          new Failure(
              Code.NO_TD_QUOTE.text(),
              "the quote is an enclave's, which has no run-time registers",
              "give the quote of the trust domain that the log is of"));
    }
    List<RegisterComparison> registers = RegisterComparison.all(Replay.of(input.log()), report);
    if (!options.isGiven()) {
      return new ReplayOutcome.Compared(registers, difference(registers));
    }
    TrustAnchor anchor = options.anchor(console);
    VerifiedQuote verified = verify(quote, anchor);
    try {
      return new ReplayOutcome.Proven(registers, ProvenLog.prove(input.log(), verified), anchor);
    } catch (UnprovenLogException e) {
      return new ReplayOutcome.Refuted(registers, failure(e));
    }
  }

  private VerifiedQuote verify(Quote quote, TrustAnchor anchor) throws FailureException {
    Instant now = at == null ? console.clock().instant() : at;
    try (Verification verification = options.open(console, anchor)) {
      return verification.verify(quote, now);
    } catch (VerificationException e) {
      throw new FailureException(Exits.REJECTED, QuoteRoot.explain(e, quote, anchor));
    } catch (CollateralUnavailableException e) {
      boolean malformed = e.code() == CollateralUnavailableException.Code.MALFORMED;
      throw new FailureException(malformed ? Exits.REJECTED : Exits.NO_VERDICT, Failure.of(e));
    }
  }

  /** The reason why a quote, even if it is genuine, would not prove the log; null if it could. */
  private static @Nullable Failure difference(List<RegisterComparison> registers) {
    for (RegisterComparison register : registers) {
      if (register.outcome() == Outcome.DIFFERENT) {
        return new Failure(
            Code.REGISTER_DIFFERS.text(),
            null,
            "the event log does not lead to the quote's " + register.register(),
            register.replayed().hex(),
            register.reported().hex(),
            "ask for quote and event log together, of one machine");
      }
    }
    boolean none = registers.stream().noneMatch(it -> it.outcome() == Outcome.EQUAL);
    return none
        ? new Failure(
            Code.NOTHING_PROVEN.text(),
            "the event log has no event of any register that the quote has in use",
            "ask for the log of the machine that the quote is of")
        : null;
  }

  private static Failure failure(UnprovenLogException e) {
    return new Failure(e.code().text(), null, e.reason(), e.found(), e.expected(), e.advice());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
