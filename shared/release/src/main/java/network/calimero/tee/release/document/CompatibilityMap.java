package network.calimero.tee.release.document;

import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Which KMS and node images belong together (policy-and-releases.md, "Compatibility map").
 *
 * @param policySha256 of the policy without a profile in its name; empty if it does not say
 */
public record CompatibilityMap(
    ReleaseVersion tag,
    ReleaseVersion version,
    String kmsTag,
    String nodeImageTag,
    Optional<Bytes> policySha256,
    Map<Profile, Entry> profiles) {
  /** Copies. */
  public CompatibilityMap {
    profiles = Map.copyOf(profiles);
  }

  /**
   * What belongs together in one profile.
   *
   * @param image the container's digest in generations A and B, the image's name in generation C
   * @param composeHash in hex; empty if it does not say
   * @param policySha256 empty if it does not say
   */
  public record Entry(
      String image,
      String composeHash,
      String policyAsset,
      Optional<Bytes> policySha256,
      String nodeProfile) {}

  /**
   * Reads one.
   *
   * @throws MalformedException if it is none
   */
  public static CompatibilityMap parse(Bytes json) throws MalformedException {
    JsonFields document = DocumentText.parse(json);
    DocumentText.requireSchema(document);
    JsonFields compatibility = document.object("compatibility");
    return new CompatibilityMap(
        DocumentText.version(document, "tag"),
        DocumentText.version(compatibility, "version"),
        compatibility.text("kms_tag"),
        compatibility.text("node_image_tag"),
        policySha256(compatibility),
        DocumentText.perProfile(
            compatibility, "profiles", (profiles, name) -> entry(profiles.object(name))));
  }

  private static Entry entry(JsonFields entry) throws MalformedException {
    boolean container = entry.has("kms_image_tag");
    if (container) {
      DocumentText.some(entry, "kms_image_tag");
    }
    return new Entry(
        container ? digest(entry) : DocumentText.some(entry, "kms_image"),
        entry.optionalText("event_payload").orElse(""),
        DocumentText.some(entry, "kms_policy_asset"),
        policySha256(entry),
        entry.text("node_profile"));
  }

  private static String digest(JsonFields entry) throws MalformedException {
    return entry.has("kms_image_digest")
        ? "sha256:" + DocumentText.digest(entry, "kms_image_digest").hex()
        : "";
  }

  private static Optional<Bytes> policySha256(JsonFields owner) throws MalformedException {
    return owner.has("kms_policy_sha256")
        ? Optional.of(DocumentText.sha256(owner, "kms_policy_sha256"))
        : Optional.empty();
  }
}
