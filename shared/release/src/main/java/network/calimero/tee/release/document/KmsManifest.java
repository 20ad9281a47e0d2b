package network.calimero.tee.release.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * The manifest of a release of the KMS (policy-and-releases.md, "mero-kms-vX.Y.Z").
 *
 * @param binaries SHA-256 of the archives by file name
 * @param container in generations A and B
 * @param images the names of the images by profile, in generation C
 * @param policies the names of the policies by profile; empty in releases that have no profiles
 * @param assets what else it names: field and file name
 */
public record KmsManifest(
    ReleaseVersion tag,
    String commit,
    Map<String, Bytes> binaries,
    Optional<Container> container,
    Map<Profile, String> images,
    String unprofiledPolicy,
    Map<Profile, String> policies,
    Map<String, String> assets) {
  private static final int MAX_BINARIES = 100;
  private static final List<String> NAMED =
      List.of("container_metadata_asset", "compatibility_map_asset");

  /** Copies. */
  public KmsManifest {
    binaries = Collections.unmodifiableMap(new LinkedHashMap<>(binaries));
    images = Map.copyOf(images);
    policies = Map.copyOf(policies);
    assets = Map.copyOf(assets);
  }

  /**
   * Reads one.
   *
   * @throws MalformedException if it is none
   */
  public static KmsManifest parse(Bytes json) throws MalformedException {
    JsonFields document = DocumentText.parse(json);
    JsonFields verification = document.object("verification");
    verification.requireText("kms_attest_endpoint", "/attest");
    return new KmsManifest(
        DocumentText.version(document, "tag"),
        DocumentText.commit(document),
        binaries(document),
        document.has("container") ? Optional.of(Container.read(document)) : Optional.empty(),
        document.has("images")
            ? DocumentText.perProfile(
                document,
                "images",
                (images, name) -> DocumentText.some(images.object(name), "name"))
            : Map.of(),
        verification.text("attestation_policy_asset"),
        verification.has("policy_profile_assets")
            ? DocumentText.perProfile(verification, "policy_profile_assets", JsonFields::text)
            : Map.of(),
        named(verification));
  }

  /** Whether it is of a release with profiles, by whatever it says of them. */
  public boolean hasProfiles() {
    boolean containers = container.filter(one -> !one.profiles().isEmpty()).isPresent();
    return containers || !images.isEmpty() || !policies.isEmpty();
  }

  private static Map<String, Bytes> binaries(JsonFields document) throws MalformedException {
    Map<String, Bytes> binaries = new LinkedHashMap<>();
    for (JsonFields binary : document.objects("binaries", MAX_BINARIES)) {
      String file = binary.text("file");
      if (binaries.put(file, DocumentText.sha256(binary, "sha256")) != null) {
        throw new MalformedException("\"binaries\" has a file twice");
      }
    }
    if (binaries.isEmpty()) {
      throw new MalformedException("\"binaries\" is empty");
    }
    return binaries;
  }

  private static Map<String, String> named(JsonFields verification) throws MalformedException {
    Map<String, String> assets = new LinkedHashMap<>();
    for (String field : NAMED) {
      if (verification.has(field)) {
        assets.put(field, verification.text(field));
      }
    }
    if (verification.has("rekor")) {
      assets.put("rekor.index_asset", verification.object("rekor").text("index_asset"));
    }
    return assets;
  }
}
