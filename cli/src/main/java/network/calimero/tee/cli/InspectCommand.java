package network.calimero.tee.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteJson;
import network.calimero.tee.quote.QuoteNotFoundException;
import network.calimero.tee.quote.QuoteText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a quote says, without any claim that it is true. */
@Command(
    name = "inspect",
    header = "Shows every field of a quote. Proves nothing.",
    description = {
      "",
      "Finds the quote by looking: raw bytes, hex, base64, or the JSON that a KMS, merod or a dstack"
          + " agent answers with. What is shown is what the bytes say; whether it is true, quote"
          + " verify tells.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:a quote was found and shown",
      "1:there is no quote in it, or it is malformed",
      Exits.Quote.USAGE
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee quote inspect quote.bin",
      "  curl -s https://kms.example.org/attest -H 'Content-Type: application/json' \\",
      "      -d '{\"nonceB64\":\"…\"}' | mero-tee quote inspect -",
      "  mero-tee quote inspect quote.hex --json | jq -r .mrtd"
    })
final class InspectCommand implements Callable<Integer>, WithoutVerdict {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "A file with the quote, or - for standard input.")
  String file = "";

  private final Console console;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    byte[] bytes = Inputs.read(console, file, QuoteInput.MAX_FILE_SIZE);
    try {
      QuoteInput input = QuoteInput.find(bytes);
      Quote quote = Quote.parse(input.bytes());
      console.out().print(common.json ? json(input, quote) : text(input, quote));
      return Exits.OK;
    } catch (QuoteNotFoundException | QuoteFormatException e) {
      String reason = PlainText.of(e);
      throw new FailureException(Exits.REJECTED, Failure.nothingToShow(reason));
    }
  }

  private static String json(QuoteInput input, Quote quote) {
    ObjectNode node = QuoteJson.of(quote);
    node.put("proven", false);
    ObjectNode found = node.putObject("input");
    found.put("encoding", input.encoding().name().toLowerCase(Locale.ROOT));
    found.put("field", input.field());
    PckFacts.of(quote).ifPresent(facts -> node.set("pckCertificate", facts.json()));
    return Json.print(node) + "\n";
  }

  private static String text(QuoteInput input, Quote quote) {
    Page page = new Page();
    page.line(
        "Found: " + PlainText.of(input.describe()) + ", " + input.bytes().length() + " bytes");
    page.line("");
    Optional<PckFacts> facts = PckFacts.of(quote);
    facts.ifPresent(pck -> pck.write(page));
    return page + QuoteText.of(quote);
  }
}
