package network.calimero.tee.demo.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.demo.SimulatedSite;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeClient;
import network.calimero.tee.node.NodeException;

/**
 * How long an honest node waits for its key (challenge, its own quote, request) while strangers
 * keep the KMS busy.
 */
final class AmongStrangers {
  private static final int WARM_UP = 200;
  private static final int EXCHANGES = 300;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String ROW = "  %-28s %12s %11s %11s %11s%n";

  private final SimulatedSite site;
  private final URI kms;
  private final PrintStream out;

  AmongStrangers(SimulatedSite site, URI kms, PrintStream out) {
    this.site = site;
    this.kms = kms;
    this.out = out;
  }

  void measure() throws NodeException, GuestException, IOException {
    try (DstackClient machine = new DstackClient(site.nodeSocket(), DstackClient.Limits.DEFAULT);
        PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      exchanges(machine, identity, WARM_UP);
      out.println(
          "A node that comes anew fetches its key, "
              + EXCHANGES
              + " times or for "
              + LONGEST.toSeconds()
              + " s, among strangers");
      out.println(
          "on one thread and 64 connections; times are of the whole exchange, its own quote included:");
      out.printf(ROW, "strangers send", "answered/s", "median", "99 %", "slowest");
      row("nothing", 0, exchanges(machine, identity, EXCHANGES));
      Map<String, byte[]> kinds = Garbage.kinds(kms, machine);
      for (Map.Entry<String, byte[]> kind : kinds.entrySet()) {
        among(kind.getKey(), new InTurn(kms, kind.getValue()), machine, identity);
      }
      out.println("  the same, sent ahead of their answers:");
      for (Map.Entry<String, byte[]> kind : kinds.entrySet()) {
        among(kind.getKey(), new Ahead(kms, kind.getValue()), machine, identity);
      }
    }
  }

  private void among(String name, Habit habit, QuoteProvider machine, PeerKeyPair identity)
      throws NodeException, GuestException {
    try (Strangers strangers = Strangers.start(habit)) {
      Percentiles times = exchanges(machine, identity, EXCHANGES);
      row(name, strangers.perSecond(), times);
    }
  }

  private void row(String name, long perSecond, Percentiles times) {
    out.printf(
        ROW,
        name,
        perSecond,
        Percentiles.text(times.at(0.5)),
        Percentiles.text(times.at(0.99)),
        Percentiles.text(times.max()));
  }

  /** Each on a connection of its own: a node that starts has none yet. */
  private Percentiles exchanges(QuoteProvider machine, PeerKeyPair identity, int count)
      throws NodeException, GuestException {
    List<Duration> took = new ArrayList<>();
    long begin = System.nanoTime();
    while (took.size() < count && System.nanoTime() - begin < LONGEST.toNanos()) {
      try (KmsClient client = new KmsClient(kms)) {
        long start = System.nanoTime();
        new NodeClient(client, machine, identity, InstantSource.system()).fetchPlainKey().close();
        took.add(Duration.ofNanos(System.nanoTime() - start));
      }
    }
    return new Percentiles(took);
  }
}
