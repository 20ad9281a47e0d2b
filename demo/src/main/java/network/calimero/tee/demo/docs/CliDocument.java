package network.calimero.tee.demo.docs;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import network.calimero.tee.cli.Console;
import network.calimero.tee.cli.MeroTee;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The help of every command. */
final class CliDocument {
  private CliDocument() {}

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append("# The command line\n\n").append(Markdown.GENERATED);
    text.append("\n`scripts/mero-tee` runs it from a checkout, and builds it where needed.\n");
    text.append(NodeSteps.section());
    Console nowhere =
        new Console(
            InputStream.nullInputStream(),
            Console.writer(OutputStream.nullOutputStream()),
            Console.writer(OutputStream.nullOutputStream()),
            InstantSource.fixed(Instant.EPOCH));
    describe(MeroTee.all(nowhere), text);
    return text.toString();
  }

  private static void describe(CommandLine command, StringBuilder text) {
    text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .forEach(line -> text.append(line).append('\n'));
    text.append("```\n");
    command.getSubcommands().values().forEach(sub -> describe(sub, text));
  }
}
