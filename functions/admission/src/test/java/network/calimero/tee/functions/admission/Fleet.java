package network.calimero.tee.functions.admission;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.releases.Registers;
import network.calimero.tee.simulator.releases.ReleaseBuilder;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;

/** Machines on simulated platforms, and the releases that their images are of; made once. */
final class Fleet {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final String VERSION = "2.3.74";
  static final String OLDER = "2.3.73";

  private static final SimulatedSigstore SIGSTORE = SimulatedSigstore.at(NOW.minusSeconds(3600));

  static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);
  static final SimulatedPlatform OUT_OF_DATE =
      SimulatedPlatform.builder(NOW)
          .pki(PLATFORM.pki())
          .fmspc("00B0C06F0000")
          .platformStatus("OutOfDate", "INTEL-SA-00001")
          .build();

  /** Nobody vouches for it. */
  static final SimulatedPlatform FORGED = SimulatedPlatform.builder(NOW).seed("forger").build();

  static final SimulatedRelease RELEASE = release(VERSION, "");
  static final SimulatedRelease OLDER_RELEASE = release(OLDER, "-older");

  private Fleet() {}

  static TdImage image(Profile profile) {
    return TdImage.named("node-" + profile);
  }

  static SimulatedTdxMachine node() {
    return PLATFORM.launch(image(Profile.LOCKED_READ_ONLY));
  }

  private static SimulatedRelease release(String version, String suffix) {
    Map<Profile, Registers> nodes = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      TdImage image = TdImage.named("node-" + profile + suffix);
      nodes.put(profile, Registers.of(PLATFORM.launch(image)));
    }
    return release(version, nodes);
  }

  static SimulatedRelease release(String version, Map<Profile, Registers> nodes) {
    ReleaseBuilder builder =
        SimulatedRelease.builder(version, ReleaseGeneration.B)
            .sigstore(SIGSTORE)
            .madeAt(NOW.minusSeconds(60));
    nodes.forEach((profile, registers) -> builder.node(profile.text(), registers));
    return builder.build();
  }

  static byte[] trustedRoot() {
    return SIGSTORE.trustedRootJson();
  }
}
