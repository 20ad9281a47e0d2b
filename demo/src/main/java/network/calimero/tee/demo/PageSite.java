package network.calimero.tee.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page's tests in a browser run against: a simulated platform with its releases, a KMS as
 * a process of its own, nodes good and bad, the functions, and the page. Says its addresses as one
 * line of JSON and ends with its standard input.
 */
public final class PageSite {
  private final Closeables open;
  private final SimulatedSite site;

  private PageSite(Closeables open) throws IOException {
    this.open = open;
    this.site = SimulatedSite.start(Instant.now(), open);
  }

  /**
   * Runs it.
   *
   * @param args the folder of a page that was built for demonstrations
   */
  public static void main(String[] args) throws InterruptedException {
    Closeables open = new Closeables();
    Runtime.getRuntime().addShutdownHook(new Thread(open::close, "end"));
    try {
      System.out.println(new PageSite(open).start(Path.of(args[0])));
      while (System.in.read() >= 0) {
        // What comes does not matter, only that it ends.
      }
      System.exit(0);
    } catch (IOException | PolicyDocumentException e) {
      // Unsaid, it would leave the process running: servers hold it.
      System.err.println("error: " + e.getMessage());
      System.exit(1);
    }
  }

  private ObjectNode start(Path page)
      throws IOException, InterruptedException, PolicyDocumentException {
    SimulatedReleases releases = open.add(SimulatedReleases.publish(site));
    KmsChild kms =
        open.add(
            KmsChild.start(
                KmsChild.simulated(site.root(), releases.trustedRoot()),
                releases.kmsEnvironment(site),
                site.file("kms.log")));
    SimulatedFunctions functions =
        open.add(
            SimulatedFunctions.start(
                site, releases, Optional.of(page), site.file("functions.log")));
    ObjectNode addresses = JsonMapper.shared().createObjectNode();
    addresses.put("page", withoutSlash(functions.url()));
    addresses.put("kms", withoutSlash(kms.awaitHealth()));
    addresses.put("node", withoutSlash(functions.nodeUrl()));
    addresses.put("foreignNode", node(site.foreignMachine()));
    addresses.put("debugNode", node(site.debugMachine()));
    addresses.put("outdatedNode", node(site.outdatedMachine()));
    addresses.put("root", Files.readString(site.root()));
    addresses.put("release", SimulatedReleases.VERSION);
    addresses.put("olderRelease", SimulatedReleases.OLDER_VERSION);
    return addresses;
  }

  private String node(SimulatedTdxMachine machine) throws IOException {
    return withoutSlash(open.add(SimulatedNode.start(machine)).url());
  }

  private static String withoutSlash(URI url) {
    return url.toString().replaceAll("/+$", "");
  }
}
