package network.calimero.tee.release.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.document.Checksums;
import network.calimero.tee.release.document.KmsPolicy;
import network.calimero.tee.release.document.Provenance;
import network.calimero.tee.release.document.PublishedMrtds;

/** Whether a release of node images is what it should be. */
final class NodeChecks {
  private final Documents files;
  private final CheckList checks;

  NodeChecks(Documents files) {
    this.files = files;
    this.checks = files.checks();
  }

  void all(Map<Profile, KmsPolicy> policies) throws RefusedException {
    checksums(files.read(NodeAssets.CHECKSUMS, Checksums::parse));
    PublishedMrtds published = files.read(NodeAssets.PUBLISHED_MRTDS, PublishedMrtds::parse);
    files.requireVersion(NodeAssets.PUBLISHED_MRTDS, published.tag());
    Provenance provenance = files.read(NodeAssets.PROVENANCE, Provenance::parse);
    files.requireVersion(NodeAssets.PROVENANCE, provenance.tag());
    files.requireVersion(NodeAssets.PROVENANCE, provenance.policyTag());
    files.requireVersion(NodeAssets.PROVENANCE, provenance.mrtds().tag());
    measurements(published, provenance);
    policies(published, policies);
  }

  private void checksums(Checksums checksums) throws RefusedException {
    for (Asset asset :
        List.of(NodeAssets.PUBLISHED_MRTDS, NodeAssets.PROVENANCE, NodeAssets.SBOM)) {
      Optional<Bytes> said = checksums.of(asset.name());
      checks.require(
          said.isPresent(),
          "checksum",
          "SHA-256",
          Refusal.of(
              ReleaseCode.CHECKSUM_ENTRY_MISSING,
              NodeAssets.CHECKSUMS.name(),
              "Checksums file missing entry for " + asset));
      Bytes found = files.get(asset).digest().sha256();
      checks.require(
          said.equals(Optional.of(found)),
          "checksum",
          "SHA-256",
          Refusal.of(
              ReleaseCode.CHECKSUM_MISMATCH,
              asset.name(),
              "its SHA-256 is not the one in " + NodeAssets.CHECKSUMS,
              found.hex(),
              said.map(Bytes::hex).orElse("")));
      checks.passed(asset.name(), "checksum", "SHA-256", "");
    }
  }

  private void measurements(PublishedMrtds published, Provenance provenance)
      throws RefusedException {
    for (Map.Entry<Profile, Measurement> verified : provenance.verified().entrySet()) {
      requireSame(verified.getKey(), verified.getValue(), provenance.mrtds(), "its own copy of");
      requireSame(verified.getKey(), verified.getValue(), published, "the published");
    }
    checks.passed(
        NodeAssets.PROVENANCE.name(), "measurements", "compared", "MRTD as verified, published");
  }

  private void requireSame(
      Profile profile, Measurement verified, PublishedMrtds mrtds, String which)
      throws RefusedException {
    Optional<Measurement> said =
        Optional.ofNullable(mrtds.profiles().get(profile)).map(PublishedMrtds.Entry::mrtd);
    checks.require(
        said.equals(Optional.of(verified)),
        "measurements",
        "compared",
        Refusal.of(
            ReleaseCode.MRTD_MISMATCH,
            NodeAssets.PROVENANCE.name(),
            "the verified MRTD of %s is not that of %s measurements".formatted(profile, which),
            verified.toString(),
            said.map(Measurement::toString).orElse("")));
  }

  /** A KMS judges nodes by its policy: whether that knows these images is worth knowing. */
  private void policies(PublishedMrtds published, Map<Profile, KmsPolicy> policies) {
    for (Map.Entry<Profile, PublishedMrtds.Entry> entry : published.profiles().entrySet()) {
      Optional.ofNullable(policies.get(entry.getKey()))
          .filter(policy -> !knows(policy, entry.getValue()))
          .ifPresent(policy ->
              checks.noted(
                  NodeAssets.PUBLISHED_MRTDS.name(),
                  "known to the KMS",
                  "its lists",
                  "the KMS policy of %s has other lists for nodes".formatted(entry.getKey())));
    }
  }

  private static boolean knows(KmsPolicy policy, PublishedMrtds.Entry entry) {
    for (Register register : Register.values()) {
      boolean same =
          policy
              .lists()
              .nodes()
              .list(register)
              .values()
              .equals(entry.allowed().list(register).values());
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
