package network.calimero.tee.functions.api;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made once, when it is first asked for. Safe for use by several threads. */
public final class Lazily<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T value;

  private Lazily(Supplier<T> maker) {
    this.maker = maker;
  }

  /** What that maker will make. */
  public static <T> Supplier<T> of(Supplier<T> maker) {
    return new Lazily<>(maker);
  }

  @Override
  public synchronized T get() {
    T made = value;
    if (made == null) {
      made = maker.get();
      value = made;
    }
    return made;
  }
}
