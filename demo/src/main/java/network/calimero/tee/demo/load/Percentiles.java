package network.calimero.tee.demo.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing, measured several times. */
final class Percentiles {
  private final List<Duration> sorted;

  /** At least one. */
  Percentiles(List<Duration> durations) {
    List<Duration> copy = new ArrayList<>(durations);
    Collections.sort(copy);
    this.sorted = List.copyOf(copy);
  }

  static Percentiles ofNanos(List<Long> nanos) {
    return new Percentiles(nanos.stream().map(Duration::ofNanos).toList());
  }

  /** What that share of them took at most; 0.5 is the median. */
  Duration at(double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  Duration max() {
    return sorted.getLast();
  }

  static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
