package network.calimero.tee.kms.config;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One setting: what it is called, what it takes, what it means and who may set it. Help and
 * documentation are made from these, and so is the reading.
 *
 * @param type what is accepted, in words that complete "accepted: …"
 * @param defaultText what counts if it is not set; empty if nothing does
 * @param pinnedDefault what counts instead on an image pinned to another profile than {@code debug}
 * @param meaning one sentence
 * @param blank what set but blank is
 * @param trust who may set it on such an image (kms-config.md, "What the environment can never do")
 * @param pinnedValues the same in words
 * @param secret whether the value has parts that are never shown; its type then hides them
 */
public record Variable<T>(
    String name,
    String type,
    Optional<String> defaultText,
    Optional<String> pinnedDefault,
    String meaning,
    Blank blank,
    Trust<T> trust,
    String pinnedValues,
    boolean secret,
    Parser<T> parser) {

  /** What set but blank is. */
  public enum Blank {
    /** A mistake that stops the start. */
    PROBLEM,
    /** The same as not set. */
    UNSET,
    /** The same as not set, but a mistake where the image pins the profile. */
    UNSET_UNLESS_PINNED
  }

  /** Who may set it on an image pinned to another profile than {@code debug}. */
  public sealed interface Trust<T> {
    /** Anybody: it is harmless. */
    record Harmless<T>() implements Trust<T> {}

    /**
     * The measured file, for it can weaken or define trust; of the environment only values that do
     * neither are taken.
     */
    record Measured<T>(Predicate<T> safe) implements Trust<T> {}

    /** The measured file only: in the environment it does not belong anywhere. */
    record MeasuredOnly<T>() implements Trust<T> {}
  }

  /** A setting that is harmless in anybody's hands. */
  static <T> Variable<T> of(
      String name, String type, String defaultText, String meaning, Parser<T> parser) {
    return make(name, type, Optional.of(defaultText), meaning, parser);
  }

  /** The same, with nothing that counts while it is not set. */
  static <T> Variable<T> optional(String name, String type, String meaning, Parser<T> parser) {
    return make(name, type, Optional.empty(), meaning, parser);
  }

  private static <T> Variable<T> make(
      String name, String type, Optional<String> defaultText, String meaning, Parser<T> parser) {
    return new Variable<>(
        name,
        type,
        defaultText,
        Optional.empty(),
        meaning,
        Blank.PROBLEM,
        new Trust.Harmless<>(),
        "any value",
        false,
        parser);
  }

  /** The same where blank is something else than a mistake. */
  Variable<T> ifBlank(Blank other) {
    return new Variable<>(
        name,
        type,
        defaultText,
        pinnedDefault,
        meaning,
        other,
        trust,
        pinnedValues,
        secret,
        parser);
  }

  /** The same where all other values weaken or define trust. */
  Variable<T> safeOnlyIf(Predicate<T> safe) {
    return trusting(new Trust.Measured<>(safe), "from the environment the safe value only");
  }

  /** The same where the measured file is the only place. */
  Variable<T> measuredOnly() {
    return trusting(new Trust.MeasuredOnly<>(), "from the measured file only");
  }

  private Variable<T> trusting(Trust<T> other, String values) {
    return new Variable<>(
        name, type, defaultText, pinnedDefault, meaning, blank, other, values, secret, parser);
  }

  /** The same where rules between settings leave fewer values on a pinned image, in words. */
  Variable<T> pinnedValues(String values) {
    return trusting(trust, values);
  }

  /** The same with something that counts on a pinned image if nothing is set. */
  Variable<T> pinnedDefault(String text) {
    return new Variable<>(
        name,
        type,
        defaultText,
        Optional.of(text),
        meaning,
        blank,
        trust,
        pinnedValues,
        secret,
        parser);
  }

  /** The same with parts that only its type's {@code toString} knows how to hide. */
  Variable<T> hidingSecrets() {
    return new Variable<>(
        name, type, defaultText, pinnedDefault, meaning, blank, trust, pinnedValues, true, parser);
  }

  /** What counts if nothing is set, on images of that kind. */
  Optional<String> defaultText(boolean locked) {
    return locked ? pinnedDefault.or(() -> defaultText) : defaultText;
  }

  /** A value as people may see it. */
  String shown(T value, String text) {
    return secret ? value.toString() : text.strip();
  }

  /** Reads one value. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * What the text means; it is not blank.
     *
     * @throws IllegalArgumentException with the problem, in words that complete "NAME …"
     */
    T parse(String text);
  }
}
