package network.calimero.tee.functions.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures cold starts of the verifier, from a process's start to its first answer, and prints a
 * table. Each way of deployment is started anew for each measurement, all of them in turn.
 */
final class ColdStart {
  private final Path folder;
  private final int rounds;

  private ColdStart(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  /** A deployment and what was measured of it. */
  private record Measured(ColdTarget target, List<ColdTarget.Start> starts) {
    Measured(ColdTarget target) {
      this(target, new ArrayList<>());
    }

    List<Long> millis() {
      return starts.stream().map(start -> start.time().toMillis()).sorted().toList();
    }

    long megabytes() {
      return starts.stream().mapToLong(ColdTarget.Start::kilobytes).max().orElse(0) / 1024;
    }
  }

  /**
   * Measures.
   *
   * @param args how many rounds; the handler of Node
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cold-start");
    try {
      new ColdStart(folder, Integer.parseInt(args[0])).run(Path.of(args[1]));
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void run(Path node) throws Exception {
    ImageRoot plain = ImageRoot.of("plain", folder);
    ImageRoot spring = ImageRoot.of("spring", folder);
    ImageRoot cacheless =
        ImageRoot.of("spring", Files.createDirectory(folder.resolve("cacheless")));
    cacheless.dropCache();
    ColdTarget image = ColdTarget.image("plain Java, image with AOT cache", folder, plain);
    List<Measured> all =
        List.of(
            new Measured(ColdTarget.zip(folder, withClient(Unpacked.of("verify", folder).jars()))),
            new Measured(image),
            new Measured(
                ColdTarget.image("spring-cloud-function, image without it", folder, cacheless)),
            new Measured(
                ColdTarget.image("spring-cloud-function, image with AOT cache", folder, spring)),
            new Measured(ColdTarget.node(folder, node)));
    for (int round = 0; round < rounds; round++) {
      for (Measured measured : all) {
        measured.starts().add(measured.target().start());
      }
    }
    print(all);
    image.start();
    boolean used = !image.leftItsCache();
    plain.changeAJar();
    image.start();
    System.out.printf(
        "A cache that fits is used: %s; after a jar has changed it answers without, and says so: %s%n",
        used ? "yes" : "NO", image.leftItsCache() ? "yes" : "NO");
    for (String function : List.of("verify", "policy", "admission")) {
      System.out.printf(
          "zip of %s: %.1f MB%n",
          function, Files.size(Unpacked.of(function, folder.resolve("sizes")).zip()) / 1e6);
    }
  }

  private void print(List<Measured> all) throws IOException {
    System.out.printf(
        "Cold start: process start to first answer of POST /api/verify, behind AWS's runtime"
            + " client, %d rounds%n%n",
        rounds);
    System.out.println("| deployment | median ms | fastest | slowest | resident MB | jars MB |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (Measured measured : all) {
      List<Long> times = measured.millis();
      System.out.printf(
          "| %s | %d | %d | %d | %d | %s |%n",
          measured.target().name(),
          times.get(rounds / 2),
          times.getFirst(),
          times.getLast(),
          measured.megabytes(),
          measured.target().size());
    }
    System.out.println();
  }

  private static List<Path> withClient(List<Path> jars) {
    List<Path> all = new ArrayList<>();
    LambdaTarget.runtimeClient().forEach(jar -> all.add(Path.of(jar)));
    all.addAll(jars);
    return all;
  }
}
