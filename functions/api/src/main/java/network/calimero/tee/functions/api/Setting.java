package network.calimero.tee.functions.api;

import java.util.Optional;
import java.util.function.Function;

/**
 * One setting of a function, read from the environment. Documentation is made from these, and so is
 * the reading.
 *
 * @param accepted in words that complete "accepted: …"
 * @param defaultText what counts if it is not set; empty if nothing does
 * @param meaning one sentence
 * @param secret whether its value is never shown
 * @param parser throws IllegalArgumentException with the problem, in words that complete "NAME …";
 *     of a secret it repeats nothing
 */
public record Setting<T>(
    String name,
    String accepted,
    Optional<String> defaultText,
    String meaning,
    boolean secret,
    Function<String, T> parser) {

  /** One with something that counts while it is not set. */
  public static <T> Setting<T> of(
      String name,
      String accepted,
      String defaultText,
      String meaning,
      Function<String, T> parser) {
    return new Setting<>(name, accepted, Optional.of(defaultText), meaning, false, parser);
  }

  /** One that may be left out. */
  public static <T> Setting<T> optional(
      String name, String accepted, String meaning, Function<String, T> parser) {
    return new Setting<>(name, accepted, Optional.empty(), meaning, false, parser);
  }

  /** One that may be left out, and is never shown. */
  public static <T> Setting<T> secret(
      String name, String accepted, String meaning, Function<String, T> parser) {
    return new Setting<>(name, accepted, Optional.empty(), meaning, true, parser);
  }
}
