package network.calimero.tee.cli;

import java.util.Arrays;
import java.util.List;
import network.calimero.tee.node.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The command without a subcommand: leads to those that do something. */
@Command(
    name = "mero-tee",
    header =
        "Looks at TDX and SGX quotes and event logs, verifies them, and plays a node towards a KMS.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  What does this quote say?",
      "    mero-tee quote inspect quote.bin",
      "  Is it genuine, and is its platform up to date?",
      "    mero-tee quote verify quote.bin --pccs https://api.trustedservices.intel.com",
      "  Is the KMS at this address a genuine one?",
      "    mero-tee kms attest https://kms.example.org --pccs https://pccs.example.org",
      "  Which app does this event log prove?",
      "    mero-tee eventlog replay attest.json --pccs https://pccs.example.org",
      "  May this version be trusted?",
      "    mero-tee release verify 2.3.40",
      "  Was this policy signed by the workflow that releases key servers?",
      "    mero-tee policy verify policy.json",
      "  Whom would this policy let in, and what is weak about it?",
      "    mero-tee policy explain policy.json; mero-tee policy lint policy.json",
      "  Does this report of the verifier's page hold?",
      "    mero-tee verify-report report.json",
      "",
      "Every command has --help with examples and its exit codes, and --json for programs."
    })
public final class MeroTee implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private MeroTee() {}

  /**
   * Runs one command.
   *
   * @return its exit code
   */
  public static int run(Console console, String... args) {
    CommandLine commands = commands(console, args);
    int code = commands.execute(args);
    console.flush();
    return code;
  }

  /** All commands, for whoever describes them. */
  public static CommandLine all(Console console) {
    return commands(console, "quote", "kms", "eventlog", "policy", "release");
  }

  /**
   * The commands that those arguments can lead to: setting up the options of one that is not named
   * takes longer than most commands themselves.
   */
  static CommandLine commands(Console console, String... args) {
    List<String> named = List.of(args);
    CommandLine quote = new CommandLine(new QuoteCommands());
    if (named.contains(quote.getCommandName())) {
      quote.addSubcommand(new InspectCommand(console)).addSubcommand(new VerifyCommand(console));
    }
    CommandLine kms = new CommandLine(new KmsCommands());
    if (named.contains(kms.getCommandName())) {
      kms.addSubcommand(new AttestCommand(console)).addSubcommand(new GetKeyCommand(console));
      kms.addSubcommand(new ConfigCommand(console));
    }
    CommandLine eventLog = new CommandLine(new EventLogCommands());
    if (named.contains(eventLog.getCommandName())) {
      eventLog.addSubcommand(new ReplayCommand(console));
    }
    CommandLine policy = new CommandLine(new PolicyCommands());
    if (named.contains(policy.getCommandName())) {
      policy.addSubcommand(new PolicyVerifyCommand(console));
      policy.addSubcommand(new PolicyLintCommand(console));
      policy.addSubcommand(new PolicyExplainCommand(console));
      policy.addSubcommand(new PolicyDiffCommand(console));
      policy.addSubcommand(new CandidatesCommand(console));
      policy.addSubcommand(new GenerateCommand(console));
      policy.addSubcommand(new ApplyCommand(console));
    }
    CommandLine release = new CommandLine(new ReleaseCommands());
    if (named.contains(release.getCommandName())) {
      release.addSubcommand(new ReleaseVerifyCommand(console));
      release.addSubcommand(new ReleaseFetchCommand(console));
      release.addSubcommand(new ReleaseShowCommand(console));
      release.addSubcommand(new ReleaseDiffCommand(console));
      release.addSubcommand(new TrustedRootCommand(console));
    }
    CommandLine commands =
        new CommandLine(new MeroTee())
            .addSubcommand(quote)
            .addSubcommand(kms)
            .addSubcommand(eventLog)
            .addSubcommand(policy)
            .addSubcommand(release)
            .addSubcommand(new CalimeroTeeVerifyCommand(console))
            .addSubcommand(new VerifyReportCommand(console))
            .setOut(console.out())
            .setErr(console.err())
            .setUsageHelpWidth(100)
            .setUsageHelpAutoWidth(false)
            .setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExecutionStrategy(parsed -> {
      CommonOptions.handDown(parsed.asCommandLineList());
      return new RunLast().execute(parsed);
    });
    commands.setParameterExceptionHandler((e, given) -> usage(console, e, given));
    commands.setExecutionExceptionHandler((e, line, _) -> failed(console, e, line));
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? quote, kms, eventlog, policy, release, calimero-tee-verify or verify-report");
  }

  private static int usage(Console console, ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    Failure failure =
        new Failure(
            OwnCode.USAGE.text(),
            UsageMessage.of(e),
            "run '" + command + " --help' for options and examples");
    boolean json = Arrays.asList(args).contains("--json");
    return fail(console, json, Exits.USAGE, failure, e.getCommandLine());
  }

  private static int failed(Console console, Exception e, CommandLine line) {
    if (e instanceof ParameterException usage) {
      return usage(console, usage, line.getParseResult().originalArgs().toArray(String[]::new));
    }
    boolean json = CommonOptions.of(line).json;
    if (CommonOptions.of(line).debug) {
      e.printStackTrace(console.err());
    }
    if (e instanceof FailureException known) {
      return fail(console, json, known.exit(), known.failure(), line);
    }
    Failure failure =
        Failure.of(
            OwnCode.INTERNAL_ERROR,
            "unexpected " + e.getClass().getSimpleName() + ": " + PlainText.of(e));
    return fail(console, json, Exits.USAGE, failure, line);
  }

  /** Says the same on both streams: the object is for programs, the line for whoever watches. */
  private static int fail(
      Console console, boolean json, int exit, Failure failure, CommandLine line) {
    if (json) {
      ObjectNode node = Json.object();
      if (!(line.getCommandSpec().userObject() instanceof WithoutVerdict)) {
        node.set("verified", exit == Exits.REJECTED ? BooleanNode.FALSE : NullNode.instance);
      }
      node.set("failure", failure.json());
      console.out().println(Json.print(node));
    }
    console.err().println(Ansi.AUTO.string("@|bold,red error:|@ ") + failure.message());
    console.err().println("  " + PlainText.of(failure.advice()));
    return exit;
  }
}
