package network.calimero.tee.quote;

/** The size check that the fixed-size values share. */
final class Sizes {
  private Sizes() {}

  static void require(String what, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%s has %d bytes, got %d".formatted(what, expected, actual));
    }
  }
}
