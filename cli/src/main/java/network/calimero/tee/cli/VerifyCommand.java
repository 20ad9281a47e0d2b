package network.calimero.tee.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.node.CollateralFault;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteNotFoundException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a quote and says what came of it. */
@Command(
    name = "verify",
    header = "Verifies a quote: is it genuine, and is its platform up to date?",
    description = {
      "",
      "Takes all ten steps of DCAP verification under Intel's root, and says which one fails and"
          + " why. A genuine quote says what runs, not that it may: compare its registers with the"
          + " ones you expect.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      Exits.Quote.OK,
      Exits.Quote.REJECTED,
      Exits.Quote.USAGE,
      Exits.Quote.NOT_ALLOWED,
      Exits.Quote.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  With collateral from Intel, as of now:",
      "    mero-tee quote verify quote.bin --pccs https://api.trustedservices.intel.com",
      "  With collateral kept beside an old quote, as of then:",
      "    mero-tee quote verify quote.bin --collateral collateral.json --at 2025-06-01T12:00:00Z",
      "  A platform that waits for its BIOS update:",
      "    mero-tee quote verify quote.bin --pccs https://pccs.example.org \\",
      "        --allow-status UpToDate,OutOfDate",
      "  For a program:",
      "    mero-tee quote verify - --collateral c.json --json < quote.bin | jq '{verified, tcbStatus}'"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin VerificationOptions options = new VerificationOptions();

  @Parameters(
      paramLabel = "FILE",
      description =
          "A file with the quote (raw, hex, base64, or the JSON answer that it came in; at most"
              + " 1 MiB), or - for standard input.")
  String file = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Verify as of this time: unix seconds, ISO 8601, or a date (its midnight in UTC). By default"
              + " now. A PCCS serves what holds now, so a time in the past wants --collateral of that time.")
  @Nullable Instant at;

  private final Console console;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    options.requireOneSource();
    Instant now = at == null ? console.clock().instant() : at;
    TrustAnchor anchor = options.anchor(console);
    Verdict verdict = verdict(Inputs.read(console, file, QuoteInput.MAX_FILE_SIZE), anchor, now);
    VerifyReport report = new VerifyReport(verdict, anchor, options.source(), now);
    console.out().print(common.json ? report.json() : report.text());
    return verdict.exit();
  }

  private Verdict verdict(byte[] bytes, TrustAnchor anchor, Instant now) throws FailureException {
    Quote quote;
    try {
      quote = Quote.parse(QuoteInput.find(bytes).bytes());
    } catch (QuoteNotFoundException | QuoteFormatException e) {
      return new Verdict.Rejected(Failure.noQuote(PlainText.of(e)), null, false);
    }
    try (Verification verification = options.open(console, anchor)) {
      return new Verdict.Authentic(verification.verify(quote, now), options.allowed());
    } catch (VerificationException e) {
      boolean inOrder = !options.isOnline() || e.step().number() > Step.PCK_CHAIN.number();
      return new Verdict.Rejected(QuoteRoot.explain(e, quote, anchor), quote, inOrder);
    } catch (CollateralUnavailableException e) {
      return CollateralFault.isThereButBad(e.code())
          ? new Verdict.Rejected(Failure.of(e), quote, false)
          : new Verdict.Unknown(Failure.of(e), quote);
    } catch (FailureException e) {
      if (e.exit() == Exits.REJECTED) {
        return new Verdict.Rejected(e.failure(), quote, false);
      }
      throw e;
    }
  }
}
