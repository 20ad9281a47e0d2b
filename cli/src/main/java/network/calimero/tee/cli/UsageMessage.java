package network.calimero.tee.cli;

import java.util.List;
import java.util.stream.Collectors;
import network.calimero.tee.node.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was wrong with a command line, and what was probably meant. */
final class UsageMessage {
  private static final int MAX_SUGGESTIONS = 3;

  private UsageMessage() {}

  static String of(ParameterException e) {
    return PlainText.of(
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
            ? unmatched(unmatched)
            : String.valueOf(e.getMessage()));
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    if (first.startsWith("-")) {
      return "there is no option '%s' here%s".formatted(first, meant(e.getSuggestions()));
    }
    if (!command.getSubcommands().isEmpty()) {
      return "there is no command '%s'; there are %s"
          .formatted(first, String.join(" and ", command.getSubcommands().keySet()));
    }
    String taken =
        command.getCommandSpec().positionalParameters().stream()
            .map(parameter -> "one " + parameter.paramLabel())
            .collect(Collectors.joining(" and "));
    return "'%s' is one argument too many: %s takes %s; a value with spaces wants quotes"
        .formatted(first, command.getCommandName(), taken.isEmpty() ? "none" : taken);
  }

  private static String meant(List<String> suggestions) {
    return suggestions.isEmpty()
        ? ""
        : "; did you mean "
            + suggestions.stream().limit(MAX_SUGGESTIONS).collect(Collectors.joining(" or "))
            + "?";
  }
}
