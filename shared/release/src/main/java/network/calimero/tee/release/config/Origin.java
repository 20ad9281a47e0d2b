package network.calimero.tee.release.config;

/**
 * Where a value comes from.
 *
 * @param asset the file of the release; empty if the value is the caller's or fixed
 * @param sha256 of that file, in lower-case hex; empty with it
 * @param place the field in that file, or in words what else it is
 */
public record Origin(String asset, String sha256, String place) {
  /** Not from a file. */
  static Origin told(String words) {
    return new Origin("", "", words);
  }

  /** For a comment. */
  String words() {
    return asset.isEmpty() ? place : "%s of %s, SHA-256 %s".formatted(place, asset, sha256);
  }
}
