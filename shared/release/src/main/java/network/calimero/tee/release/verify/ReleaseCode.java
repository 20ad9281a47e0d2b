package network.calimero.tee.release.verify;

import java.util.Locale;

/** Why a release is refused, its signatures apart, and what to do about it. */
public enum ReleaseCode {
  VERSION_BELOW_MINIMUM("use a version from the minimum on, or lower the minimum knowingly"),
  ASSET_MISSING("wait until the release is complete, or use another version"),
  SIGNATURE_MISSING("do not use it: nobody says who made this file"),
  CERTIFICATE_FILE_DIFFERS("download the .pem and the bundle again, from the same release"),
  LOG_ENTRY_MISSING("do not use it: the transparency log knows nothing of this signature"),
  IDENTITY_NOT_MATCHED("do not use it: somebody else signed it"),
  DOCUMENT_MALFORMED("do not use this release: report it to its makers"),
  DOCUMENT_OF_OTHER_VERSION("do not use it: files of another version were put in its place"),
  CHECKSUM_ENTRY_MISSING("do not use this release: report it to its makers"),
  CHECKSUM_MISMATCH("download the file again; if it stays so, do not use it"),
  MANIFEST_ENTRY_MISSING("do not use this release: report it to its makers"),
  MANIFEST_CHECKSUM_MISMATCH("do not use this release: its manifest is about other programs"),
  MANIFEST_NAMES_OTHER_ASSET("do not use this release: report it to its makers"),
  COMMIT_MISMATCH("do not use this release: its parts were made from different sources"),
  CONTAINER_DIGEST_MISMATCH("do not use this release: its parts are about different containers"),
  PROFILES_SHARE_IMAGE("do not use this release: a debug image passes for a locked one"),
  POLICY_OF_OTHER_ROLE("do not use it: a policy for something else was put in its place"),
  POLICY_OF_OTHER_PROFILE("do not use it: a policy of another profile was put in its place"),
  POLICY_OF_OTHER_PROVIDER("do not use it: a policy for another kind of KMS"),
  POLICY_LIST_EMPTY("do not use this release: its policy cannot be judged by"),
  POLICY_UPTODATE_MISSING("do not use this release: its policy refuses machines that are in order"),
  COMPOSE_HASH_MISSING("do not use this release: nodes cannot tell what the container runs"),
  COMPOSE_HASH_FORBIDDEN("do not use this release: report it to its makers"),
  PROFILES_SHARE_COMPOSE_HASH("do not use this release: a debug KMS passes for a locked one"),
  BINDING_WRONG("do not use this release: nodes would bind to another protocol"),
  CONFIG_PATH_WRONG("do not use this release: nodes would not find its settings"),
  UNPROFILED_POLICY_DIFFERS("do not use this release: nodes that read this file get other rules"),
  ROLES_SHARE_REGISTER("do not use this release: a node passes for a KMS, or a KMS for a node"),
  PROFILES_IDENTICAL("do not use this release: a debug KMS passes for a locked one"),
  MAP_MISMATCH("do not use this release: its map is about other images"),
  MAP_POLICY_HASH_MISMATCH("do not use this release: its map is about other policies"),
  INDEX_INCOMPLETE("do not use this release: report it to its makers"),
  INDEX_HASH_MISMATCH("do not use this release: its index is about other files"),
  TRUST_BUNDLE_MISMATCH("do not use the trust bundle: what is in it is not what was released"),
  MRTD_MISMATCH("do not use this release: what was verified is not what was published");

  private final String advice;

  ReleaseCode(String advice) {
    this.advice = advice;
  }

  /** As programs spell it: {@code release_asset_missing}. */
  public String text() {
    return "release_" + name().toLowerCase(Locale.ROOT);
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
