package network.calimero.tee.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;

/**
 * How the time of a reader grows with its input: the slowest ways found of making each input
 * longer, at sizes of which each is four times the one before. Linear is four times the time.
 */
final class Growth {
  private static final int BASES = 16;
  private static final int PLACES = 24;
  private static final String JOINTS = "{}[]:,\"\n=-/?&.";
  private static final int SLOWEST = 6;
  private static final int ROUNDS = 9;
  private static final int SEARCHED = 20_000;
  private static final int[] SIZES = {10_000, 40_000, 160_000, 640_000};

  /**
   * What four times the input may take more: room for what no longer fits the caches; quadratic is
   * sixteen.
   */
  private static final double MOST = 12;

  /** In nanoseconds: under that the clock and the machine are what is measured. */
  private static final long LEAST = 400_000;

  private final Target target;

  private Growth(Target target) {
    this.target = target;
  }

  /** An input of any size: some of what another has in it is put in, at some place, many times. */
  private record Way(Bytes base, int place, Filler filler) {
    Bytes ofSize(int size) {
      byte[] before = base.slice(0, place).toArray();
      byte[] after = base.slice(place, base.length()).toArray();
      byte[] filled = filler.ofSize(Math.max(1, size - base.length()));
      byte[] input = Arrays.copyOf(before, before.length + filled.length + after.length);
      System.arraycopy(filled, 0, input, before.length, filled.length);
      System.arraycopy(after, 0, input, before.length + filled.length, after.length);
      return Bytes.of(input);
    }
  }

  /** A way, and how long an input of it takes. */
  private record Timed(Way way, long nanoseconds) {}

  /** The times of a way at each size, in nanoseconds. */
  private record Curve(Way way, long[] times) {
    /** The largest size that still takes time: what is longer is refused at once. */
    int largest() {
      int size = times.length - 1;
      while (size > 1 && times[size] < LEAST) {
        size--;
      }
      return size;
    }

    /** How many times the time of a quarter of the largest size it takes; 0 if none is worth it. */
    double factor() {
      int largest = largest();
      return times[largest] < LEAST ? 0 : (double) times[largest] / times[largest - 1];
    }

    long longest() {
      return times[largest()];
    }

    @Override
    public String toString() {
      String longer = way.filler + (factor() <= MOST ? "" : "  MORE THAN LINEAR");
      return "%,9d %8.2f ms %8.1f×  %s"
          .formatted(SIZES[largest()], longest() / 1e6, factor(), longer);
    }
  }

  /** An input that is not read as it should be. */
  private static final class Finding extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Bytes input;

    Finding(Bytes input, AssertionError found) {
      super(found.getMessage(), found);
      this.input = input;
    }
  }

  /**
   * {@code FOLDER [TARGET...]}: prints a line for each; exit code 1 if one takes more than linear
   * time, or does not end well. Then the input is in the target's folder.
   */
  public static void main(String[] arguments) throws IOException {
    List<Target> targets = Arrays.stream(arguments).skip(1).map(Targets::named).toList();
    IO.println("%-16s %9s %11s %9s  %s".formatted("", "bytes", "take", "a quarter", "longer by"));
    boolean good = true;
    for (Target target : targets.isEmpty() ? Targets.all() : targets) {
      try {
        Curve worst = new Growth(target).worst();
        good &= worst.factor() <= MOST;
        IO.println("%-16s %s".formatted(target.name(), worst));
      } catch (Finding e) {
        good = false;
        Path input = Path.of(arguments[0], target.name(), "crash-growth");
        Files.write(input, e.input.toArray());
        IO.println("%-16s A FINDING: %s, see %s".formatted(target.name(), e.getMessage(), input));
      }
    }
    System.exit(good ? 0 : 1);
  }

  /** The curve of the greatest factor among the slowest ways. */
  private Curve worst() {
    return ways()
        .map(way -> new Timed(way, time(way.ofSize(SEARCHED), 1)))
        .sorted(Comparator.comparingLong(Timed::nanoseconds).reversed())
        .limit(SLOWEST)
        .map(slow -> curve(slow.way))
        .max(Comparator.comparingDouble(Curve::factor).thenComparingLong(Curve::longest))
        .orElseThrow();
  }

  private Stream<Way> ways() {
    List<Bytes> bases =
        Stream.concat(
                Stream.of(Bytes.EMPTY),
                Stream.concat(target.seeds().get().stream(), Corpus.of(target).stream()))
            .limit(BASES)
            .toList();
    return bases.stream().flatMap(Growth::ways);
  }

  private static Stream<Way> ways(Bytes base) {
    List<Filler> fillers = Filler.all(base).toList();
    return places(base)
        .flatMap(place -> fillers.stream().map(filler -> new Way(base, place, filler)));
  }

  /** Anywhere, and where something begins or ends. */
  private static Stream<Integer> places(Bytes base) {
    int[] joints =
        IntStream.range(0, base.length())
            .filter(place -> JOINTS.indexOf(base.byteAt(place)) >= 0)
            .toArray();
    return Stream.concat(
            some(base.length() + 1), some(joints.length).map(joint -> joints[joint] + 1))
        .distinct();
  }

  /** Some of that many numbers. */
  private static Stream<Integer> some(int count) {
    int step = Math.max(1, count / PLACES);
    return Stream.iterate(0, place -> place < count, place -> place + step);
  }

  private Curve curve(Way way) {
    long[] times = new long[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      times[i] = time(way.ofSize(SIZES[i]), ROUNDS);
    }
    return new Curve(way, times);
  }

  /** The shortest time of some rounds. */
  private long time(Bytes input, int rounds) {
    long shortest = Long.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      try {
        target.endsWell(input);
      } catch (AssertionError e) {
        throw new Finding(input, e);
      }
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }
}
