package network.calimero.tee.kms.server;

import java.io.PrintStream;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.Variable;
import network.calimero.tee.kms.config.Variables;

/** The production key server: believes Intel's root and Sigstore's, and accepts no mock quotes. */
public final class Main {
  private Main() {}

  /** Configured by the environment only; {@code --help} lists it. */
  public static void main(String[] args) {
    if (args.length == 0) {
      KmsProcess.start(System.getenv(), Image.Files.DEFAULT, Trust.PRODUCTION);
      return;
    }
    switch (args[0]) {
      case "--help", "-h" -> help(System.out);
      case "--version" -> System.out.println("mero-tee-kms " + version());
      default -> {
        KmsProcess.complain(
            "unknown argument " + args[0] + "; the environment configures everything, see --help");
        System.exit(KmsProcess.MISCONFIGURED);
      }
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  private static void help(PrintStream out) {
    out.println(
        """
        mero-tee-kms: releases storage keys to Calimero nodes that prove what they are.

        Usage: mero-tee-kms [--help | --version]

        Everything is configured by environment variables and, as part of an image, by the measured
        file %s; "mero-tee kms config --explain" shows what counts. Logs go to standard
        output, one JSON object per line. GET /health says whether it runs, GET /ready whether it can
        release keys.

        Exit codes: 0 ended by SIGTERM or SIGINT; 1 could not start; 2 configuration is wrong.

        Variables:\
        """
            .formatted(Image.Files.DEFAULT.settings()));
    Variables.all().forEach(variable -> out.print(describe(variable)));
  }

  private static String describe(Variable<?> variable) {
    String defaultText = variable.defaultText().map(text -> "; default " + text).orElse("");
    return """

      %s
          %s
          Accepted: %s%s
    """
        .formatted(variable.name(), variable.meaning(), variable.type(), defaultText);
  }
}
