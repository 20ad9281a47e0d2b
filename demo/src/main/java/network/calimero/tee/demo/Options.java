package network.calimero.tee.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demonstration was asked for.
 *
 * @param keep whether it stays up
 * @param addresses where it writes its addresses while it does
 * @param page a folder of the verifier page, to be served
 */
record Options(boolean keep, boolean help, Path addresses, Optional<Path> page) {
  static final String USAGE =
      """
      Usage: scripts/demo [--keep]

      Builds what is needed, starts a simulated platform with a KMS on it and the functions beside
      it, lets nodes fetch their keys and attackers fail, shows all of that, and ends.

        --keep            stay up until Ctrl-C; prints the addresses and writes them to
                          target/demo.json, which is removed in the end
        --addresses FILE  write them there instead
        --page FOLDER     also serve the verifier page, as scripts/page demonstration builds it
        -h, --help        this text

      Colours are used on a terminal, unless NO_COLOR is set.

      Exit codes: 0 everything went as it must; 1 something did not; 2 wrong usage.
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Options parse(String... args) {
    Options options = new Options(false, false, Path.of("target", "demo.json"), Optional.empty());
    for (int i = 0; i < args.length; i++) {
      options =
          switch (args[i]) {
            case "--keep" -> new Options(true, options.help, options.addresses, options.page);
            case "-h", "--help" -> new Options(options.keep, true, options.addresses, options.page);
            case "--addresses" ->
                new Options(options.keep, options.help, file(args, ++i), options.page);
            case "--page" ->
                new Options(
                    options.keep, options.help, options.addresses, Optional.of(file(args, ++i)));
            default -> throw new IllegalArgumentException("unknown option " + args[i]);
          };
    }
    return options;
  }

  private static Path file(String[] args, int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a file or folder");
    }
    return Path.of(args[index]);
  }
}
