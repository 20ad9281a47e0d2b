package network.calimero.tee.demo.load;

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
  private static final String ROW = "  %-28s %12s %11s %11s %11s%n";

  private final SimulatedSite site;
  private final URI kms;
  private final PrintStream out;

  AmongStrangers(SimulatedSite site, URI kms, PrintStream out) {
    this.site = site;
    this.kms = kms;
    this.out = out;
  }

  void measure() throws NodeException, GuestException {
    try (DstackClient machine = new DstackClient(site.nodeSocket(), DstackClient.Limits.DEFAULT);
        KmsClient client = new KmsClient(kms);
        PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom())) {
      NodeClient node = new NodeClient(client, machine, identity, InstantSource.system());
      exchanges(node, WARM_UP);
      out.println(
          "An honest node fetches its key, " + EXCHANGES + " times, among strangers on one");
      out.println(
          "thread and 64 connections; times are of the whole exchange, its own quote included:");
      out.printf(ROW, "strangers send", "answered/s", "median", "99 %", "slowest");
      row("nothing", 0, exchanges(node, EXCHANGES));
      for (Map.Entry<String, byte[]> kind : Garbage.kinds(kms, machine).entrySet()) {
        try (Strangers strangers = Strangers.start(kms, kind.getValue())) {
          Percentiles times = exchanges(node, EXCHANGES);
          row(kind.getKey(), strangers.perSecond(), times);
        }
      }
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

  private static Percentiles exchanges(NodeClient node, int count)
      throws NodeException, GuestException {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      node.fetchKey().close();
      took.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return new Percentiles(took);
  }
}
