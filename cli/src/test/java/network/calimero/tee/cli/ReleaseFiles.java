package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/**
 * A simulated release as files, to be verified offline.
 *
 * @param folder with the files of both families
 * @param root the trusted root of who signed them
 */
record ReleaseFiles(Path folder, Path root) {
  static ReleaseFiles write(SimulatedRelease release, Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("release-" + release.version()));
    release.writeTo(folder);
    Path root = directory.resolve("trusted-root-" + release.version() + ".json");
    Files.write(root, release.sigstore().trustedRootJson());
    return new ReleaseFiles(folder, root);
  }

  /** A command of the policy group with that release, and further arguments. */
  Object[] policy(String command, Object... arguments) {
    List<Object> all =
        new ArrayList<>(List.of("policy", command, "--offline", folder, "--trusted-root", root));
    all.addAll(List.of(arguments));
    return all.toArray();
  }
}
