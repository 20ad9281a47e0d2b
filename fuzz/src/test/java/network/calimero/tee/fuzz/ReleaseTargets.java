package network.calimero.tee.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.document.Checksums;
import network.calimero.tee.release.document.CompatibilityMap;
import network.calimero.tee.release.document.ContainerMetadata;
import network.calimero.tee.release.document.KmsManifest;
import network.calimero.tee.release.document.KmsPolicy;
import network.calimero.tee.release.document.Provenance;
import network.calimero.tee.release.document.PublishedMrtds;
import network.calimero.tee.release.document.RekorIndex;
import network.calimero.tee.release.document.TrustBundle;
import network.calimero.tee.release.policy.Explanation;
import network.calimero.tee.release.policy.Finding;
import network.calimero.tee.release.policy.LintReport;
import network.calimero.tee.release.policy.PolicyDiff;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.policy.PolicyLint;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/** The documents of a release, and policies that somebody gives to be reviewed. */
final class ReleaseTargets {
  private static final List<Parser> PARSERS =
      List.of(
          KmsPolicy::parse,
          TrustBundle::parse,
          CompatibilityMap::parse,
          Checksums::parse,
          KmsManifest::parse,
          ContainerMetadata::parse,
          Provenance::parse,
          PublishedMrtds::parse,
          RekorIndex::parse,
          ReleaseTargets::review);

  private ReleaseTargets() {}

  private interface Parser {
    Object parse(Bytes bytes) throws MalformedException;
  }

  static List<Target> all() {
    return List.of(
        new Target(
            "release_file",
            Target.VERIFYING,
            ReleaseTargets::seeds,
            ReleaseTargets::read,
            Set.of(MalformedException.class)));
  }

  private static List<Bytes> seeds() {
    List<Bytes> seeds = new ArrayList<>();
    for (ReleaseGeneration generation : ReleaseGeneration.values()) {
      SimulatedRelease release = SimulatedRelease.of("2.3.40", generation);
      for (Map<String, byte[]> family : release.files().values()) {
        family.forEach((name, content) -> {
          if (isDocument(name)) {
            seeds.add(Bytes.of(content));
          }
        });
      }
    }
    seeds.add(
        Genuine.utf8(
            "{\"releases\":[{\"version\":\"2.1.0\",\"kms_policy_path\":\"p\",\"kms_release_tag\":\"t\"}]}"));
    return List.copyOf(seeds);
  }

  private static boolean isDocument(String name) {
    boolean signature = name.endsWith(".bundle.json");
    boolean document = name.endsWith(".json") || name.endsWith("checksums.txt");
    return document && !signature || name.endsWith("trust-bundle.tar.gz");
  }

  /** Any of them in the place of any other; refused if it is none at all. */
  private static void read(Bytes bytes) throws MalformedException {
    boolean known = false;
    for (Parser parser : PARSERS) {
      try {
        parser.parse(bytes);
        known = true;
      } catch (MalformedException e) {
        Target.requirePlain(e.reason());
      }
    }
    if (!known) {
      throw new MalformedException("no document of a release");
    }
  }

  /** All that a review says of a policy that may be anything. */
  private static PolicyFile review(Bytes bytes) throws MalformedException {
    PolicyFile file;
    try {
      file = PolicyFile.read("given", bytes);
    } catch (PolicyDocumentException e) {
      throw new MalformedException(e.reason());
    }
    LintReport report = PolicyLint.lint(List.of(file));
    for (Finding finding : report.findings()) {
      Target.requirePlain(finding.subject());
      Target.requirePlain(finding.detail());
    }
    Explanation.of(file).remarks().forEach(Target::requirePlain);
    if (!PolicyDiff.between(List.of(file), List.of(file)).same() || report.json().isEmpty()) {
      throw new AssertionError("a policy that differs from itself");
    }
    return file;
  }
}
