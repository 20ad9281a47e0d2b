package network.calimero.tee.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.verify.Rechecked;
import network.calimero.tee.functions.verify.Report;
import network.calimero.tee.functions.verify.ReportCheck;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.release.source.KeptLogAnswers;
import network.calimero.tee.release.source.LogLookup;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a report of the verifier again. */
@Command(
    name = "verify-report",
    header = "Checks a report of the verifier's page again, with what is in it and offline.",
    description = {
      "",
      "Believes nothing that the report says: its quote is verified to Intel's root with the"
          + " collateral beside it, its event log is replayed, its nonce is looked for in the quote,"
          + " and its registers are held to the release's documents, whose signatures must be those"
          + " of the workflow that releases them. How the report says that each check ended is shown"
          + " beside.",
      "",
      "What it proves is that a machine of that release made this quote for this nonce. When, only"
          + " the one who made the nonce knows.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      Exits.Report.OK,
      Exits.Report.REFUTED,
      Exits.Report.USAGE,
      Exits.Report.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  Does it hold?",
      "    mero-tee verify-report report.json",
      "  Was it made for my nonce?",
      "    mero-tee verify-report report.json --nonce \"$NONCE_B64\"",
      "  Is it of the release that I mean, by my own copy of it?",
      "    mero-tee verify-report report.json --release mero-kms-v2.3.40 --offline releases/",
      "  For a program, an answer of POST /api/verify:",
      "    curl -s \"$URL/api/verify\" --json @call.json | mero-tee verify-report - --json | jq .result"
    })
final class VerifyReportCommand implements Callable<Integer> {
  /** What clocks may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  @Mixin CommonOptions common = new CommonOptions();

  @Mixin TrustedRootOption trustedRoot = new TrustedRootOption();

  @Parameters(
      paramLabel = "FILE",
      description =
          "The report, or an answer of POST /api/verify (at most 8 MiB), or - for standard input.")
  String file = "";

  @Option(
      names = "--nonce",
      paramLabel = "NONCE",
      converter = NonceConverter.class,
      description =
          "The nonce that the quote must be for: 32 bytes in base64 or hex. By default the one that"
              + " the report names.")
  Optional<Bytes> nonce = Optional.empty();

  @Option(
      names = "--release",
      paramLabel = "TAG",
      description =
          "The release that it must be of, such as mero-kms-v2.3.40. By default the one that the"
              + " report names.")
  Optional<String> release = Optional.empty();

  @Option(
      names = "--offline",
      paramLabel = "DIR",
      description =
          "Take the release's documents from this folder, as release fetch fills it, in place of"
              + " those in the report.")
  Optional<Path> offline = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Verify as of this time: unix seconds, ISO 8601, or a date. By default the time of the"
              + " report, by its own account.")
  Optional<Instant> at = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description =
          "Believe this root certificate (PEM or DER) in place of Intel's, for simulated platforms:"
              + " what is proven then is not proven by Intel.")
  Optional<String> root = Optional.empty();

  private final Console console;

  VerifyReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    TrustAnchor anchor =
        root.isPresent() ? CollateralOptions.anchor(console, root.get()) : TrustAnchor.intel();
    TrustedRootChoice signers = trustedRoot.choose(console);
    Report report = report();
    Instant now = console.clock().instant();
    if (report.verifiedAt().isAfter(now.plus(CLOCKS))) {
      throw FailureException.of(
          OwnCode.REPORT_MALFORMED,
          "it says that it was made later than now: " + report.verifiedAt());
    }
    Instant asOf = at.orElse(report.verifiedAt());
    ReportPage page =
        new ReportPage(check(report, anchor, signers, asOf), anchor, signers, asOf, now);
    console.out().print(common.json ? page.json() : page.text());
    return page.exit();
  }

  private Report report() throws FailureException {
    byte[] bytes = Inputs.read(console, file, Report.MAX_SIZE);
    try {
      return Report.parse(Bytes.of(bytes));
    } catch (MalformedException e) {
      throw FailureException.of(OwnCode.REPORT_MALFORMED, PlainText.of(e.reason()));
    }
  }

  private Rechecked check(
      Report report, TrustAnchor anchor, TrustedRootChoice signers, Instant asOf)
      throws FailureException {
    Optional<ReleaseFolder> folder = offline.map(ReleaseFolder::new);
    Signatures signatures =
        new Signatures(signers.bundles(), new SignatureVerifier(signers.root()), log(folder));
    ReportCheck check =
        new ReportCheck(
            new DcapVerifier(anchor, VerifierOptions.STRICT),
            signatures,
            SignerRule.OFFICIAL,
            System::nanoTime);
    try {
      return check.check(report, new ReportCheck.Terms(nonce, release, folder.map(it -> it)), asOf);
    } catch (ApiException e) {
      throw FailureException.of(OwnCode.REPORT_MALFORMED, PlainText.of(e.found()));
    }
  }

  private static LogLookup log(Optional<ReleaseFolder> folder) {
    if (folder.isPresent()) {
      return new KeptLogAnswers(folder.get(), Optional.empty());
    }
    return (_, _) -> {
      throw new SourceException(
          SourceException.Code.LOG_NOT_ASKED,
          "the report has no bundle of the document, and nobody is asked");
    };
  }
}
