package network.calimero.tee.demo;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.KmsAssessment.Verdict;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeStep;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;

/** What the demonstration shows: nodes that get their keys, and attackers that do not. */
final class Scenario {
  private final SimulatedSite site;
  private final Map<Register, Set<Measurement>> expected;
  private final URI kmsUrl;
  private final Screen screen;
  private int failures;
  private int attacks;
  private int refused;

  /**
   * Nodes that expect a KMS with such measurements.
   *
   * @param expected by register
   */
  Scenario(
      SimulatedSite site, Map<Register, Set<Measurement>> expected, URI kmsUrl, Screen screen) {
    this.site = site;
    this.expected = expected;
    this.kmsUrl = kmsUrl;
    this.screen = screen;
  }

  /** Plays it; whether everything went as it must. */
  boolean play() {
    URI pcs = URI.create(site.pcsUrl());
    InstantSource clock = InstantSource.system();
    try (KmsClient kms = new KmsClient(kmsUrl);
        DstackClient machine = new DstackClient(site.nodeSocket(), DstackClient.Limits.DEFAULT);
        Node a = new Node(kms, machine);
        Node b = new Node(kms, machine);
        Node thief = new Node(kms, machine);
        KmsCheck check = new KmsCheck(site.anchor(), pcs, expected, clock);
        KeyRows keys = new KeyRows()) {
      screen.section("Nodes and their keys");
      row("node A asks who the KMS is", () -> check.mustPass(kms, keys::seal));
      row("node A fetches its key", () -> keys.first(a));
      row("node A fetches it again", () -> keys.same(a));
      row("node B fetches its key", () -> keys.other(b));
      screen.section("Attacks on the KMS");
      keys.used().ifPresent(request -> attack(thief, a, request));
      screen.section("Attacks on nodes: somebody else answers in the KMS's place");
      keys.used().ifPresent(request -> impersonate(check, request));
    }
    boolean allRefused = attacks > 0 && refused == attacks;
    String verdict = "%d of %d attacks refused".formatted(refused, attacks);
    screen.section(allRefused ? screen.green(verdict) : screen.red(verdict));
    return failures == 0 && allRefused;
  }

  private void attack(Node thief, Node victim, KeyRequest request) {
    for (Attack attack : new Attacks(site, thief, victim, request).all()) {
      attackRow(attack.title(), () -> attack.run(thief));
    }
  }

  private void impersonate(KmsCheck check, KeyRequest recorded) {
    byte[] old = recorded.quote().toArray();
    impostor(check, "with a recorded quote", _ -> old, Verdict.REJECTED, NodeStep.NONCE);
    impostor(
        check,
        "from a genuine TD with another program",
        reportData -> site.foreignMachine().quote(reportData),
        Verdict.NOT_ALLOWED,
        NodeStep.MRTD);
  }

  private void impostor(
      KmsCheck check, String title, UnaryOperator<byte[]> quotes, Verdict verdict, NodeStep fault) {
    attackRow(
        title,
        () -> {
          try (Impostor impostor = Impostor.start(quotes);
              KmsClient client = impostor.client()) {
            return check.mustFail(client, verdict, fault);
          }
        });
  }

  private void attackRow(String title, Callable<Outcome> attempt) {
    attacks++;
    refused += row(title, attempt) ? 1 : 0;
  }

  private boolean row(String title, Callable<Outcome> attempt) {
    boolean asItMust = screen.row(title, attempt);
    failures += asItMust ? 0 : 1;
    return asItMust;
  }
}
