package network.calimero.tee.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  /** Those of a command, as they were given; none if it has others. */
  static CommonOptions of(CommandLine line) {
    CommandSpec mixin = line.getCommandSpec().mixins().get("common");
    return mixin != null && mixin.userObject() instanceof CommonOptions options
        ? options
        : new CommonOptions();
  }

  /** What is asked of a group of commands is asked of the one that is run. */
  static void handDown(List<CommandLine> fromGroupToCommand) {
    CommonOptions above = new CommonOptions();
    for (CommandLine line : fromGroupToCommand) {
      CommonOptions options = of(line);
      options.json |= above.json;
      options.debug |= above.debug;
      above = options;
    }
  }
}
