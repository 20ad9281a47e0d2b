package network.calimero.tee.demo.load;

/**
 * How the warm load is to run.
 *
 * @param seconds how long each row is measured
 * @param soakMinutes how long memory is watched; 0: not
 * @param oneCore whether rows with the KMS on one core are wanted
 * @param allCores whether rows with the KMS on all cores are
 * @param connections how many exchanges go on at a time in a busy row
 */
record WarmOptions(
    int seconds, int soakMinutes, boolean oneCore, boolean allCores, int connections) {
  static final String USAGE =
      """
      Usage: scripts/load                 start-up, and a node among strangers
             scripts/load warm [OPTIONS]  honest nodes as fast as they can, and where the time goes

        --seconds N       measure each row for N seconds (20)
        --minutes N       watch memory under load for N minutes (0: not)
        --cores 1|all     the KMS on one core only, or on all only; else both, one after the other
        --connections N   exchanges at a time in busy rows (8)
      """;

  private static final WarmOptions DEFAULT = new WarmOptions(20, 0, true, true, 8);

  /**
   * Reads the words after {@code warm}.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  static WarmOptions parse(String... args) {
    WarmOptions options = DEFAULT;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value, or is no option");
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private WarmOptions with(String name, String value) {
    return switch (name) {
      case "--seconds" ->
          new WarmOptions(number(name, value, 1), soakMinutes, oneCore, allCores, connections);
      case "--minutes" ->
          new WarmOptions(seconds, number(name, value, 0), oneCore, allCores, connections);
      case "--connections" ->
          new WarmOptions(seconds, soakMinutes, oneCore, allCores, number(name, value, 1));
      case "--cores" ->
          switch (value) {
            case "1" -> new WarmOptions(seconds, soakMinutes, true, false, connections);
            case "all" -> new WarmOptions(seconds, soakMinutes, false, true, connections);
            default -> throw new IllegalArgumentException("--cores is 1 or all, not " + value);
          };
      default -> throw new IllegalArgumentException("there is no option " + name);
    };
  }

  private static int number(String name, String text, int least) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException(
          "%s takes a number of at least %d, not %s".formatted(name, least, text));
    }
    return Integer.parseInt(text);
  }
}
