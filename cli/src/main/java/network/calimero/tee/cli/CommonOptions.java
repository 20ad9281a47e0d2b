package network.calimero.tee.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has. */
@Command(versionProvider = Version.class)
final class CommonOptions {
  @Option(
      names = "--json",
      description = "Print one JSON object on standard output, for failures too.")
  boolean json;

  @Option(names = "--debug", description = "Print stack traces of unexpected errors.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;
}
