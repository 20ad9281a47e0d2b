package network.calimero.tee.bytes;

/**
 * Text from strangers made fit for one line of a message or log: bounded, and without control,
 * format and line-separating characters, which could forge lines or steer a terminal.
 */
public final class PlainText {
  private static final String CUT = "…";

  private PlainText() {}

  /** At most {@code max} characters of {@code text}, then {@code …} if there were more. */
  public static String bounded(String text, int max) {
    boolean cut = text.length() > max;
    StringBuilder plain = new StringBuilder(Math.min(text.length(), max) + 1);
    text.substring(0, cut ? max : text.length())
        .codePoints()
        .forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '?'));
    return cut ? plain.append(CUT).toString() : plain.toString();
  }

  /** Half a pair of surrogates is not. */
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
