package network.calimero.tee.node;

/**
 * Text from strangers on one line of a terminal: at most 2,000 characters, none of them steering.
 */
public final class PlainText {
  private static final int MAX_LENGTH = 2_000;

  private PlainText() {}

  /** The text, made plain. */
  public static String of(String text) {
    return network.calimero.tee.bytes.PlainText.bounded(text, MAX_LENGTH);
  }

  /** What a failure says of itself, on one line; its kind if it says nothing. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return of(message == null ? failure.getClass().getSimpleName() : message);
  }
}
