package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/** Simulated releases on a server, and commands that are told of it. */
final class ServedRelease implements AutoCloseable {
  private final ReleaseServer server;
  private final Path root;

  ServedRelease(Path directory, SimulatedRelease... releases) throws IOException {
    server = ReleaseServer.start();
    for (SimulatedRelease release : releases) {
      server.serve(release);
    }
    root = Files.write(directory.resolve("root.json"), releases[0].sigstore().trustedRootJson());
  }

  ReleaseServer server() {
    return server;
  }

  Path root() {
    return root;
  }

  /** Runs {@code release COMMAND …} against the server, keeping nothing unless told where. */
  Cli.Result run(String command, Object... more) {
    return runIn(Map.of(), command, more);
  }

  Cli.Result runIn(Map<String, String> environment, String command, Object... more) {
    return runIn(environment, List.of("release", command), more);
  }

  /** Runs {@code policy COMMAND …} likewise. */
  Cli.Result runPolicy(String command, Object... more) {
    return runIn(Map.of(), List.of("policy", command), more);
  }

  private Cli.Result runIn(Map<String, String> environment, List<String> command, Object... more) {
    List<Object> args = new ArrayList<>(command);
    args.addAll(List.of(more));
    args.addAll(List.of("--releases-url", server.releases(), "--rekor-url", server.log()));
    args.addAll(List.of("--trusted-root", root));
    return Cli.runIn(environment, args.toArray());
  }

  @Override
  public void close() {
    server.close();
  }
}
