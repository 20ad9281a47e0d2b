package network.calimero.tee.demo.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;

/** Nodes that each wait for their answer before they ask again. */
final class HonestNodes {
  private final URI kms;
  private final SimulatedTdxMachine machine;
  private final X25519PublicKey transport;

  HonestNodes(URI kms, SimulatedTdxMachine machine, X25519PublicKey transport) {
    this.kms = kms;
    this.machine = machine;
    this.transport = transport;
  }

  /**
   * What so many nodes at a time measured.
   *
   * @param challenges times of requests for challenges
   * @param keys times of requests for keys
   * @param exchanges how many there were
   * @param took from the first to the last
   */
  record Measured(Percentiles challenges, Percentiles keys, int exchanges, Duration took) {
    double exchangesPerSecond() {
      return exchanges / (took.toNanos() / 1e9);
    }
  }

  /** Lets them work for that long, each for one exchange at least. */
  Measured work(int nodes, Duration time) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Future<Times>> working = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
      for (int i = 0; i < nodes; i++) {
        working.add(threads.submit(() -> one(end)));
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Times all = new Times();
    for (Future<Times> each : working) {
      try {
        all.add(each.get());
      } catch (ExecutionException e) {
        throw new IOException("a node ended early: " + e.getCause(), e);
      }
    }
    return new Measured(
        Percentiles.ofNanos(all.challenges), Percentiles.ofNanos(all.keys), all.keys.size(), took);
  }

  private Times one(long end) throws IOException {
    Times times = new Times();
    try (HonestNode node = new HonestNode(kms, machine, transport)) {
      do {
        node.exchange(times.challenges::add, times.keys::add);
      } while (System.nanoTime() < end);
    }
    return times;
  }

  private static final class Times {
    private final List<Long> challenges = new ArrayList<>();
    private final List<Long> keys = new ArrayList<>();

    void add(Times other) {
      challenges.addAll(other.challenges);
      keys.addAll(other.keys);
    }
  }
}
