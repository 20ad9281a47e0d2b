package network.calimero.tee.kms.server.config;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One environment variable: what it is called, what it takes, what it means. Help and documentation
 * are made from these, and so is the reading.
 *
 * @param type what is accepted, in words that complete "accepted: …"
 * @param defaultText what counts if it is not set; empty if nothing does
 * @param meaning one sentence
 * @param blankIsDefault whether set but blank is the same as not set
 * @param safe which values an environment that nobody measures may set on a pinned image, because
 *     they weaken or define no trust; empty: any (kms-config.md, "What the environment can never
 *     do")
 * @param onPinnedImages the same in words
 */
public record Variable<T>(
    String name,
    String type,
    Optional<String> defaultText,
    String meaning,
    boolean blankIsDefault,
    Optional<Predicate<T>> safe,
    String onPinnedImages,
    Parser<T> parser) {
  private static final String ANY = "any value";

  /** A variable that is harmless in anybody's hands. */
  static <T> Variable<T> of(
      String name, String type, String defaultText, String meaning, Parser<T> parser) {
    return new Variable<>(
        name, type, Optional.of(defaultText), meaning, false, Optional.empty(), ANY, parser);
  }

  /** The same, with nothing that counts while it is not set. */
  static <T> Variable<T> optional(String name, String type, String meaning, Parser<T> parser) {
    return new Variable<>(
        name, type, Optional.empty(), meaning, false, Optional.empty(), ANY, parser);
  }

  /** The same where blank counts as not set. */
  Variable<T> blankIsUnset() {
    return new Variable<>(name, type, defaultText, meaning, true, safe, onPinnedImages, parser);
  }

  /** The same where all other values weaken or define trust. */
  Variable<T> safeOnlyIf(Predicate<T> harmless) {
    return new Variable<>(
        name,
        type,
        defaultText,
        meaning,
        blankIsDefault,
        Optional.of(harmless),
        "safe value only",
        parser);
  }

  /** The same where rules between variables leave fewer values on a pinned image, in words. */
  Variable<T> onPinnedImages(String values) {
    return new Variable<>(name, type, defaultText, meaning, blankIsDefault, safe, values, parser);
  }

  /** Reads one value. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * What the text means; it is not blank unless the variable says that this may be.
     *
     * @throws IllegalArgumentException with the problem, in words that complete "NAME: …"
     */
    T parse(String text);
  }
}
