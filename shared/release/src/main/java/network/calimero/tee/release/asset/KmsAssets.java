package network.calimero.tee.release.asset;

import network.calimero.tee.policy.Profile;

/** The assets of a release of the KMS, by the names of its generation. */
public enum KmsAssets {
  /** Generations A and B. */
  PHALA("kms-phala-"),
  /** Generation C. */
  CLUSTER("kms-");

  private final String prefix;

  KmsAssets(String prefix) {
    this.prefix = prefix;
  }

  /** By whose names that asset is called; those of generation C if by neither's. */
  public static KmsAssets naming(Asset asset) {
    return asset.name().startsWith(PHALA.prefix) ? PHALA : CLUSTER;
  }

  /** An archive that a list of checksums names. */
  public static Asset archive(String name) {
    return new Asset(Family.KMS, name, AssetKind.ARCHIVE);
  }

  /** SHA-256 of the archives. */
  public Asset checksums() {
    return document("checksums.txt");
  }

  /** What the release consists of. */
  public Asset manifest() {
    return document("release-manifest.json");
  }

  /** The policy of one profile. */
  public Asset policy(Profile profile) {
    return document("attestation-policy." + profile.text() + ".json");
  }

  /** The policy without a profile in its name: a copy of that of locked-read-only. */
  public Asset unprofiledPolicy() {
    return document("attestation-policy.json");
  }

  /** Which KMS and node images belong together. */
  public Asset compatibilityMap() {
    return document("compatibility-map.json");
  }

  /** What is said of the containers; generation C has none. */
  public Asset containerMetadata() {
    return document("container-metadata.json");
  }

  /** What the containers are made of; generation C has none. */
  public Asset containerSbom() {
    return new Asset(Family.KMS, prefix + "container-sbom.spdx.json", AssetKind.SBOM);
  }

  /** What the programs are made of. */
  public Asset binariesSbom() {
    return new Asset(Family.KMS, prefix + "binaries-sbom.spdx.json", AssetKind.SBOM);
  }

  /** Where the log has the signatures. */
  public Asset rekorIndex() {
    return document("rekor-index.json");
  }

  /** Copies of the documents in one file. */
  public Asset trustBundle() {
    return new Asset(Family.KMS, prefix + "trust-bundle.tar.gz", AssetKind.TRUST_BUNDLE);
  }

  private Asset document(String name) {
    return new Asset(Family.KMS, prefix + name, AssetKind.DOCUMENT);
  }
}
