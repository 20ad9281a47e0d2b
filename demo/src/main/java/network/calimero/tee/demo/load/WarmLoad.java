package network.calimero.tee.demo.load;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.demo.KmsChild;
import network.calimero.tee.demo.SimulatedSite;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * Honest nodes as fast as they can: challenge and sealed key with full verification, collateral and
 * the platform's certificates known. The KMS is a process of its own; nodes, agents and the
 * collateral's server are this one.
 */
final class WarmLoad {
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Path NOWHERE = Path.of("/dev/null");
  private static final String ROW = "  %-16s %11s %9s %8s %8s %8s %8s %10s %9s%n";

  private final SimulatedSite site;
  private final WarmOptions options;
  private final PrintStream out;

  WarmLoad(SimulatedSite site, WarmOptions options, PrintStream out) {
    this.site = site;
    this.options = options;
    this.out = out;
  }

  void measure() throws IOException, InterruptedException, NodeException {
    int cores = Runtime.getRuntime().availableProcessors();
    out.printf(
        "load average before: %.1f; what else runs here makes every time below longer%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    boolean apart = cores > 1 && Cores.canHold();
    if (options.oneCore()) {
      if (apart) {
        Cores.holdThisProcess("1-" + (cores - 1));
      }
      out.printf(
          "%nThe KMS on one core%s:%n",
          apart ? ", all else on the other" + (cores > 2 ? "s" : "") : ", which all else shares");
      measure("0", options.allCores() ? 0 : options.soakMinutes());
    }
    if (options.allCores()) {
      if (apart) {
        Cores.holdThisProcess("0-" + (cores - 1));
      }
      out.printf("%nThe KMS on all %d cores, which all else shares:%n", cores);
      measure("0-" + (cores - 1), options.soakMinutes());
    }
  }

  private void measure(String cores, int soakMinutes)
      throws IOException, InterruptedException, NodeException {
    try (KmsChild kms = start(cores)) {
      HonestNodes nodes = nodes(kms);
      nodes.work(options.connections(), WARM_UP);
      out.printf(
          ROW,
          "exchanges",
          "requests/s",
          "",
          "median",
          "99 %",
          "99.9 %",
          "slowest",
          "KMS's CPU",
          "on cores");
      row(kms, nodes, 1, Duration.ofSeconds(options.seconds()));
      row(kms, nodes, options.connections(), Duration.ofSeconds(options.seconds()));
      soak(kms, nodes, soakMinutes);
      shares(kms, nodes, site.file("kms-" + cores + ".jfr").toAbsolutePath());
    }
  }

  /** Of the process that has run longest by then, so that its code is compiled. */
  private void shares(KmsChild kms, HonestNodes nodes, Path recording)
      throws IOException, InterruptedException {
    TimeShares.start(kms.process().pid());
    nodes.work(options.connections(), Duration.ofSeconds(options.seconds()));
    TimeShares.print(kms.process().pid(), recording, out);
  }

  private KmsChild start(String cores) throws IOException {
    Map<String, String> environment = site.kmsEnvironment();
    environment.put("MAX_CONSUMED_CHALLENGES", "1000000");
    environment.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true");
    List<String> command = Cores.on(cores, KmsChild.simulated(site.root()));
    return KmsChild.start(command, environment, NOWHERE);
  }

  private HonestNodes nodes(KmsChild kms) throws IOException, InterruptedException, NodeException {
    URI url = kms.awaitHealth();
    try (KmsClient client = new KmsClient(url)) {
      Bytes nonce = Bytes.of(new byte[32]);
      X25519PublicKey transport =
          client.attest(nonce, KmsVerifier.BINDING, true).transportKey().orElseThrow();
      return new HonestNodes(url, site.nodeMachine(), transport);
    }
  }

  private void row(KmsChild kms, HonestNodes nodes, int connections, Duration time)
      throws IOException, InterruptedException {
    Duration before = cpu(kms);
    HonestNodes.Measured measured = nodes.work(connections, time);
    Duration used = cpu(kms).minus(before);
    double seconds = measured.took().toNanos() / 1e9;
    times(
        connections + " at a time",
        "%.0f".formatted(2 * measured.exchangesPerSecond()),
        "challenge",
        measured.challenges(),
        "",
        "");
    times(
        "",
        "%.0f keys/s".formatted(measured.exchangesPerSecond()),
        "get-key",
        measured.keys(),
        "%.2f ms".formatted(used.toNanos() / 1e6 / measured.exchanges()),
        "%.2f".formatted(used.toNanos() / 1e9 / seconds));
  }

  private void times(
      String name, String rate, String what, Percentiles times, String cpu, String busy) {
    out.printf(
        ROW,
        name,
        rate,
        what,
        Percentiles.text(times.at(0.5)),
        Percentiles.text(times.at(0.99)),
        Percentiles.text(times.at(0.999)),
        Percentiles.text(times.max()),
        cpu,
        busy);
  }

  private static Duration cpu(KmsChild kms) {
    return kms.process().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The first minute is only load: what follows must not grow. */
  private void soak(KmsChild kms, HonestNodes nodes, int minutes)
      throws IOException, InterruptedException {
    if (minutes == 0) {
      return;
    }
    KmsMemory memory = new KmsMemory(kms.process().pid());
    out.printf("  memory under that load, each minute:%n");
    out.printf(
        "    %6s %9s %10s %10s %13s %12s%n",
        "minute", "keys/s", "key 99 %", "99.9 %", "live heap", "resident");
    for (int minute = 1; minute <= minutes; minute++) {
      Duration before = cpu(kms);
      HonestNodes.Measured measured = nodes.work(options.connections(), MINUTE);
      Duration used = cpu(kms).minus(before);
      KmsMemory.Held held = memory.now();
      out.printf(
          "    %6d %9.0f %10s %10s %8.2f ms %9.1f MiB %8.1f MiB%n",
          minute,
          measured.exchangesPerSecond(),
          Percentiles.text(measured.keys().at(0.99)),
          Percentiles.text(measured.keys().at(0.999)),
          used.toNanos() / 1e6 / measured.exchanges(),
          held.liveHeap() / 1024.0,
          held.resident() / 1024.0);
    }
  }
}
