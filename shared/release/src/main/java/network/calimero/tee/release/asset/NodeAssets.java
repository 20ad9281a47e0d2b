package network.calimero.tee.release.asset;

import java.util.List;

/** The assets of a release of node images; the same in all generations. */
public final class NodeAssets {
  /** The measurements of the images. */
  public static final Asset PUBLISHED_MRTDS = document("published-mrtds.json");

  /** From what, by what and how well checked the images were made. */
  public static final Asset PROVENANCE = document("release-provenance.json");

  /** What the images are made of. */
  public static final Asset SBOM =
      new Asset(Family.NODE, "node-image-gcp-release-sbom.spdx.json", AssetKind.SBOM);

  /** SHA-256 of the three others. */
  public static final Asset CHECKSUMS = document("node-image-gcp-checksums.txt");

  private NodeAssets() {}

  /** All of them. */
  public static List<Asset> all() {
    return List.of(PUBLISHED_MRTDS, PROVENANCE, SBOM, CHECKSUMS);
  }

  private static Asset document(String name) {
    return new Asset(Family.NODE, name, AssetKind.DOCUMENT);
  }
}
