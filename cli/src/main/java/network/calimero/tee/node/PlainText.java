package network.calimero.tee.node;

/** Text from strangers, made fit for a terminal, a log line or a message. */
public final class PlainText {
  private static final int MAX_LENGTH = 2_000;

  private PlainText() {}

  /**
   * The text on one line, at most 2,000 characters: line ends, terminal escapes and characters that
   * turn the direction of writing become question marks, so that none of it can look like a line of
   * this program.
   */
  public static String of(String text) {
    boolean cut = text.length() > MAX_LENGTH;
    StringBuilder plain = new StringBuilder();
    text.substring(0, cut ? MAX_LENGTH : text.length())
        .codePoints()
        .forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '?'));
    return cut ? plain.append('…').toString() : plain.toString();
  }

  /** What a failure says of itself, on one line; its kind if it says nothing. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return of(message == null ? failure.getClass().getSimpleName() : message);
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
