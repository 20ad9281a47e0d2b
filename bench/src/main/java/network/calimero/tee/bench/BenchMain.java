package network.calimero.tee.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and the peer, and prints one table. Started by {@code scripts/bench}. */
public final class BenchMain {
  private static final int PEER_MILLIS = 4_000;

  private record Row(String name, int threads, double micros, double error) {}

  private BenchMain() {}

  /**
   * Runs.
   *
   * @param args the corpus folder and the peer's script; {@code --quick} as third for a shorter run
   */
  public static void main(String[] args) throws Exception {
    Path corpus = Path.of(args[0]).toAbsolutePath();
    boolean quick = args.length > 2 && args[2].equals("--quick");
    Sample sample = Sample.of(corpus);
    if (!Files.isReadable(sample.quote())) {
      System.err.println("no corpus at " + corpus + ": there is no real quote to measure on");
      System.exit(2);
    }
    Optional<Peer.Result> peer =
        new Peer(Path.of(args[1]), sample).measure(PEER_MILLIS / 2, PEER_MILLIS);
    List<Row> rows = new ArrayList<>();
    int all = Runtime.getRuntime().availableProcessors();
    for (int threads : all > 1 ? new int[] {1, all} : new int[] {1}) {
      rows.addAll(run(corpus, threads, quick));
    }
    print(rows, peer);
  }

  private static List<Row> run(Path corpus, int threads, boolean quick) throws Exception {
    Options options =
        new OptionsBuilder()
            .include(VerifyBenchmark.class.getSimpleName())
            .jvmArgs("-D" + Sample.CORPUS_PROPERTY + "=" + corpus)
            .forks(1)
            .threads(threads)
            .warmupIterations(quick ? 2 : 4)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(quick ? 2 : 5)
            .measurementTime(TimeValue.seconds(2))
            .verbosity(VerboseMode.SILENT)
            .build();
    System.err.println("measuring with " + threads + " thread(s) …");
    List<Row> rows = new ArrayList<>();
    for (RunResult result : new Runner(options).run()) {
      var primary = result.getPrimaryResult();
      rows.add(new Row(primary.getLabel(), threads, primary.getScore(), primary.getScoreError()));
    }
    return rows;
  }

  private static void print(List<Row> rows, Optional<Peer.Result> peer) {
    System.out.printf(
        "%n%-24s %8s %14s %12s %14s %10s%n",
        "one TDX v4 quote", "threads", "µs each", "± µs", "per second", "× peer");
    for (Row row : rows) {
      System.out.printf(
          "%-24s %8d %14.1f %12.1f %14.0f %10s%n",
          row.name(),
          row.threads(),
          row.micros(),
          row.error(),
          row.threads() * 1_000_000.0 / row.micros(),
          peer.filter(p -> row.threads() == 1 && !row.name().equals("parse"))
              .map(p -> "%.1f".formatted(p.micros() / row.micros()))
              .orElse(""));
    }
    peer.ifPresentOrElse(
        p ->
            System.out.printf(
                "%-24s %8d %14.1f %12s %14.0f %10s   (@phala/dcap-qvl, from bytes, said %s)%n",
                "npm peer", 1, p.micros(), "", 1_000_000.0 / p.micros(), "1.0", p.status()),
        () -> System.out.println("npm peer: not measured"));
  }
}
