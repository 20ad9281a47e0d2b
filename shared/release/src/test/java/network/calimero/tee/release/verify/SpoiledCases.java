package network.calimero.tee.release.verify;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.releases.ReleaseBuilder;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/** Ways to spoil a release, each one fault, by name and in their order. */
abstract class SpoiledCases {
  static final String MANIFEST = "kms-phala-release-manifest.json";
  static final String CHECKSUMS = "kms-phala-checksums.txt";
  static final String METADATA = "kms-phala-container-metadata.json";
  static final String MAP = "kms-phala-compatibility-map.json";
  static final String POLICY = "kms-phala-attestation-policy.json";
  static final String LOCKED = "kms-phala-attestation-policy.locked-read-only.json";
  static final String DEBUG = "kms-phala-attestation-policy.debug.json";
  static final String ARCHIVE = "mero-kms-phala_x86_64-unknown-linux-gnu.tar.gz";
  static final String PUBLISHED = "published-mrtds.json";
  static final String PROVENANCE = "release-provenance.json";
  static final String NODE_SBOM = "node-image-gcp-release-sbom.spdx.json";
  static final String NODE_CHECKSUMS = "node-image-gcp-checksums.txt";

  private static final Map<ReleaseGeneration, SimulatedRelease> WHOLE =
      new EnumMap<>(ReleaseGeneration.class);

  private final Map<String, Spoiled> cases = new LinkedHashMap<>();

  final Map<String, Spoiled> all() {
    return cases;
  }

  static String version(ReleaseGeneration generation) {
    return switch (generation) {
      case A -> "2.3.40";
      case B -> "2.3.74";
      case C -> "2.3.112";
    };
  }

  /** One that verifies. */
  static SimulatedRelease release(ReleaseGeneration generation) {
    synchronized (WHOLE) {
      return Objects.requireNonNull(
          WHOLE.computeIfAbsent(generation, which -> SimulatedRelease.of(version(which), which)));
    }
  }

  final void put(String name, Spoiled spoiled) {
    if (cases.put(name, spoiled) != null) {
      throw new IllegalStateException(name + " twice");
    }
  }

  final void add(String name, ReleaseGeneration of, UnaryOperator<SimulatedRelease> change) {
    put(name, Spoiled.of(version(of), () -> change.apply(release(of))));
  }

  final void add(String name, UnaryOperator<SimulatedRelease> change) {
    add(name, ReleaseGeneration.A, change);
  }

  final void build(String name, ReleaseGeneration of, Consumer<ReleaseBuilder> change) {
    put(
        name,
        Spoiled.of(
            version(of),
            () -> {
              ReleaseBuilder builder = SimulatedRelease.builder(version(of), of);
              change.accept(builder);
              return builder.build();
            }));
  }
}
