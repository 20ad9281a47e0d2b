package network.calimero.tee.release.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/**
 * A release, or its server, with one fault.
 *
 * @param asked the version that is asked for, under whose tags the files are served
 * @param faults by the end of the path
 * @param perFile how long one file may take
 */
record Spoiled(
    String asked,
    Supplier<SimulatedRelease> release,
    Map<String, HttpFault> faults,
    Duration perFile,
    Optional<String> minimum) {
  private static final Duration LONG = Duration.ofSeconds(30);

  static Spoiled of(String asked, Supplier<SimulatedRelease> release) {
    return new Spoiled(asked, release, Map.of(), LONG, Optional.empty());
  }

  Spoiled with(String path, HttpFault fault) {
    Map<String, HttpFault> more = new LinkedHashMap<>(faults);
    more.put(path, fault);
    return new Spoiled(asked, release, more, perFile, minimum);
  }

  Spoiled patience(Duration time) {
    return new Spoiled(asked, release, faults, time, minimum);
  }

  Spoiled notBelow(String version) {
    return new Spoiled(asked, release, faults, perFile, Optional.of(version));
  }

  /** What verifying it over a real socket answers. */
  ReleaseReport verify() throws IOException, MalformedException {
    SimulatedRelease made = release.get();
    try (ReleaseServer server = ReleaseServer.start().serve(made.sigstore())) {
      made.files()
          .forEach((tag, files) -> {
            String under = tag.replace(made.version(), asked);
            files.forEach((name, content) -> server.serve(under, name, content));
          });
      faults.forEach(server::fault);
      return Simulated.verify(
          server, made.sigstore(), asked, Scope.BOTH, minimum.flatMap(ReleaseVersion::of), perFile);
    }
  }
}
