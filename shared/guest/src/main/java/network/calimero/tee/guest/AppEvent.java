package network.calimero.tee.guest;

import java.nio.charset.StandardCharsets;

/**
 * Something that an app tells of itself, for RTMR3.
 *
 * @param name what kind of thing, printable ASCII
 * @param payload what it says, printable ASCII
 */
public record AppEvent(String name, String payload) {
  /** Both have one spelling in every encoding. */
  public AppEvent {
    if (!isPlain(name) || !isPlain(payload)) {
      throw new IllegalArgumentException("an event that is not printable ASCII");
    }
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  byte[] payloadBytes() {
    return payload.getBytes(StandardCharsets.US_ASCII);
  }
}
