package network.calimero.tee.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TdReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Stands in for the program of that name, which the control plane starts to judge quotes (fleet.md,
 * "Control plane"): its input, output and exit codes, whatever those of other commands are.
 */
@Command(
    name = "calimero-tee-verify",
    header = "Judges a node's quote for the control plane, as the program of that name does.",
    description = {
      "",
      "Reads one JSON object from standard input: quote_b64 or quote_hex, nonce_hex and app_hash_hex"
          + " (64 digits each). Writes one: valid, quote_verified, nonce_verified,"
          + " application_hash_verified, tcb_status, advisory_ids, tcb_evaluation_data_number,"
          + " measurements; or error where there is no verdict.",
      "",
      "valid covers signatures, certificates, attributes (no debug), nonce and app hash. TCB status and measurements"
          + " are the caller's to judge; of a quote that is not verified they prove nothing."
          + " Collateral comes from CALIMERO_TEE_COLLATERAL_URL, else from Intel's PCS.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:a verdict; valid may be false",
      "1:the input cannot be used",
      "2:no verdict: the quote does not parse, or the collateral is not to be had"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee calimero-tee-verify <request.json | jq .valid",
      "  CALIMERO_TEE_COLLATERAL_URL=https://pccs.example.org \\",
      "      mero-tee calimero-tee-verify --json <request.json"
    })
final class CalimeroTeeVerifyCommand implements Callable<Integer>, WithoutVerdict {
  private static final String COLLATERAL_URL = "CALIMERO_TEE_COLLATERAL_URL";
  private static final int VERDICT = 0;
  private static final int UNUSABLE_INPUT = 1;
  private static final int NO_VERDICT = 2;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description =
          "Believe this root certificate (PEM or DER) in place of Intel's, for simulated platforms;"
              + " the verdict then has root_is_intels false.")
  Optional<String> root = Optional.empty();

  private final Console console;

  CalimeroTeeVerifyCommand(Console console) {
    this.console = console;
  }

  /** There is no verdict. */
  private static final class UnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownException(String reason) {
      super(reason, null, false, false);
    }
  }

  @Override
  public Integer call() {
    try {
      TeeVerifyRequest request =
          TeeVerifyRequest.parse(Inputs.read(console, Inputs.STDIN, TeeVerifyRequest.MAX_SIZE));
      console.out().println(judge(request).json());
      return VERDICT;
    } catch (TeeVerifyRequest.UnusableException e) {
      return error(UNUSABLE_INPUT, String.valueOf(e.getMessage()));
    } catch (FailureException e) {
      return error(UNUSABLE_INPUT, e.failure().message());
    } catch (UnknownException e) {
      return error(NO_VERDICT, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return error(NO_VERDICT, "a fault of this program: " + PlainText.of(e));
    }
  }

  private int error(int exit, String reason) {
    console.out().println(Json.object().put("error", PlainText.of(reason)));
    return exit;
  }

  private TeeVerifyVerdict judge(TeeVerifyRequest request)
      throws UnknownException, FailureException {
    Quote quote;
    try {
      quote = Quote.parse(request.quote());
    } catch (QuoteFormatException e) {
      throw new UnknownException("the quote does not parse: " + e.getMessage());
    }
    if (!(quote.body() instanceof TdReport report)) {
      throw new UnknownException("the quote is an enclave's, not a TDX VM's");
    }
    TrustAnchor anchor = anchor();
    Instant now = console.clock().instant();
    try (Verification verification =
        Verification.online(anchor, VerifierOptions.STRICT, List.of(server()), console.clock())) {
      VerifiedQuote verified = verification.verify(quote, now);
      return TeeVerifyVerdict.genuine(request, report, verified);
    } catch (VerificationException e) {
      if (e.code().isOfCollateral()) {
        throw new UnknownException("the collateral is refused: " + e.getMessage());
      }
      return TeeVerifyVerdict.refused(request, report, e, anchor);
    } catch (CollateralUnavailableException e) {
      throw new UnknownException("the collateral is not to be had: " + e.getMessage());
    }
  }

  private PcsBase server() throws UnknownException {
    String url = console.environment().getOrDefault(COLLATERAL_URL, "").strip();
    try {
      return url.isEmpty() ? PcsBase.INTEL : PcsBase.of(url);
    } catch (IllegalArgumentException e) {
      throw new UnknownException(COLLATERAL_URL + ": " + e.getMessage());
    }
  }

  private TrustAnchor anchor() throws FailureException {
    if (root.isEmpty()) {
      return TrustAnchor.intel();
    }
    try {
      return TrustAnchor.of(Bytes.of(Inputs.read(console, root.get(), CollateralOptions.MAX_ROOT)));
    } catch (IllegalArgumentException e) {
      throw FailureException.input(
          "--root %s is not a root certificate: %s".formatted(root.get(), e.getMessage()),
          "give one self-signed CA certificate in PEM or DER");
    }
  }
}
