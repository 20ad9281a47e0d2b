package network.calimero.tee.kms.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.tdx.TdImage;

/** What the program needs around it to run as a process of its own: platform, collateral, agent. */
final class Surroundings implements AutoCloseable {
  final SimulatedPlatform platform =
      SimulatedPlatform.at(Instant.now()); // the process has no clock but the real one
  final DstackApp app = DstackApp.named("kms");
  final DstackAgent agent;
  private final PcsServer pcs;
  private final Path folder;
  private final Path root;

  Surroundings() throws IOException {
    // Paths of Unix sockets are short, those of a test's own folder may not be.
    folder = Files.createTempDirectory("kms");
    root = Files.write(folder.resolve("root.der"), platform.pki().root().der());
    pcs = PcsServer.start().serve(platform.collateral());
    agent = DstackAgent.start(socket(), app, app.launch(platform, TdImage.named("kms")));
  }

  private Path socket() {
    return folder.resolve("dstack.sock");
  }

  /** The program, with a policy for {@link Site#NODE_IMAGE}, on any port. */
  Serving serve(Map<String, String> variables) throws IOException {
    Map<String, String> environment = new HashMap<>(Site.policyVariables());
    environment.put("LISTEN_ADDR", "127.0.0.1:0");
    environment.put("DSTACK_SOCKET_PATH", socket().toString());
    environment.put("PCS_URLS", pcs.baseUri().toString());
    environment.putAll(variables);
    return new Serving(SimulatedMain.class, environment, root.toString());
  }

  @Override
  public void close() throws IOException {
    agent.close();
    pcs.close();
    Files.delete(root);
    Files.deleteIfExists(folder);
  }
}
