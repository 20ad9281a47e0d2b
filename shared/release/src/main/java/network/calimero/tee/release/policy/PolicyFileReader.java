package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.policy.release.ListReader;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.policy.Claims.DeclaredBinding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells the forms apart and reads each. */
final class PolicyFileReader {
  private static final JsonMapper JSON = StrictJson.mapper(32, 64 * 1024, 20);
  private static final String POLICY = "policy";
  private static final String PROBED = "candidate_policy";
  private static final String PROFILES = "profiles";

  private final String name;
  private final String sha256;
  private final Bytes text;
  private final JsonNode root;

  PolicyFileReader(String name, String sha256, Bytes text) throws PolicyDocumentException {
    this.name = name;
    this.sha256 = sha256;
    this.text = text;
    this.root = tree(text);
  }

  private static JsonNode tree(Bytes text) throws PolicyDocumentException {
    if (text.length() > PolicyFile.MAX_SIZE) {
      throw new PolicyDocumentException("document", "more than " + PolicyFile.MAX_SIZE + " bytes");
    }
    try {
      JsonNode root = JSON.readTree(text.toArray());
      if (root == null || !root.isObject()) {
        throw new PolicyDocumentException("document", "not a JSON object");
      }
      return root;
    } catch (JacksonException e) {
      throw new PolicyDocumentException("document", "not JSON: " + StrictJson.why(e));
    }
  }

  PolicyFile read() throws PolicyDocumentException {
    if (root.path("releases").isArray() || root.path("policies").isArray()) {
      return new IndexReader(name, sha256, root).read();
    }
    if (root.path(POLICY).isObject()) {
      boolean registry = root.has("policy_id") || root.has("release_tag");
      return kms(registry ? Form.REGISTRY_KMS : Form.RELEASE, POLICY);
    }
    if (root.path(PROBED).isObject()) {
      return kms(Form.CANDIDATE, PROBED);
    }
    if (root.path(PROFILES).isObject() && !root.has("mrtds")) {
      boolean registry = root.has("policy_id") || root.has("release_tag");
      return nodes(registry ? Form.REGISTRY_NODE : Form.PUBLISHED_MRTDS);
    }
    throw new PolicyDocumentException(
        "document", "no policy: it has no object \"policy\", no profiles with lists, no releases");
  }

  private PolicyFile kms(Form form, String field) throws PolicyDocumentException {
    ListReader lists = new ListReader(root.path(field), field);
    Optional<Profile> profile = text("profile").flatMap(Profile::of);
    List<Cohort> cohorts = new ArrayList<>();
    cohorts.add(new Cohort(Role.KMS, profile, lists.values("kms_"), lists.composeHashes()));
    if (form != Form.CANDIDATE) {
      cohorts.add(new Cohort(Role.NODE, profile, lists.values("node_"), Optional.empty()));
    }
    return new PolicyFile.Judging(name, sha256, form, version(), cohorts, claims(lists));
  }

  private PolicyFile nodes(Form form) throws PolicyDocumentException {
    List<Cohort> cohorts = new ArrayList<>();
    for (String key : root.path(PROFILES).propertyNames()) {
      String path = PROFILES + "." + key;
      JsonNode lists = root.path(PROFILES).path(key);
      Optional<Profile> profile = Profile.of(key);
      if (profile.isEmpty()) {
        throw new PolicyDocumentException(path, "no profile of this name is known");
      }
      if (!lists.isObject() || !lists.has("allowed_mrtd")) {
        throw new PolicyDocumentException(path, "no lists");
      }
      AllowedValues values = new ListReader(lists, path).values("");
      cohorts.add(new Cohort(Role.NODE, profile, values, Optional.empty()));
    }
    if (cohorts.isEmpty()) {
      throw new PolicyDocumentException(PROFILES, "empty");
    }
    return new PolicyFile.Judging(name, sha256, form, version(), cohorts, claims(null));
  }

  private Optional<ReleaseVersion> version() throws PolicyDocumentException {
    Optional<String> tag = text("tag");
    return (tag.isPresent() ? tag : text("release_tag")).flatMap(ReleaseVersion::ofAnyTag);
  }

  private Claims claims(@Nullable ListReader lists) throws PolicyDocumentException {
    JsonNode kms = root.path("kms");
    JsonNode source = root.path("source");
    Optional<DeclaredBinding> binding =
        kms.has("default_binding_hex") || kms.has("default_binding_b64")
            ? Optional.of(
                new DeclaredBinding(
                    text(kms, "kms.", "default_binding_hex"),
                    text(kms, "kms.", "default_binding_b64")))
            : Optional.empty();
    Optional<String> own = text("commit_sha");
    return new Claims(
        text("role"),
        text("profile"),
        text("status"),
        text("policy_id"),
        own.isPresent() ? own : text(source, "source.", "commit_sha"),
        text(kms, "kms.", "provider"),
        text("workflow_run_id").or(() -> said(source, "run_id")),
        binding,
        lists == null ? Optional.empty() : unprefixed(lists),
        root.path(POLICY).isObject() && root.path(PROBED).isObject()
            ? Optional.of(new ListReader(root.path(PROBED), PROBED).values(""))
            : Optional.empty(),
        lists == null ? Optional.empty() : refusal());
  }

  /** What a KMS's own reader says. Lists that are merely empty it refuses later, one by one. */
  private Optional<String> refusal() {
    try {
      PolicyDocument document = PolicyDocument.parse(text);
      Profile profile = document.profile().flatMap(Profile::of).orElse(Profile.LOCKED_READ_ONLY);
      document.forRelease(document.tag(), profile, new PolicyAsset(name, true));
      return Optional.empty();
    } catch (PolicyDocumentException e) {
      return Optional.of(e.reason());
    }
  }

  /** Only if the document has any of them. */
  private static Optional<AllowedValues> unprefixed(ListReader lists)
      throws PolicyDocumentException {
    AllowedValues values = lists.values("");
    boolean any = !values.statuses().field().isEmpty();
    for (Register register : Register.values()) {
      AllowedList<?> list = values.list(register);
      any |= lists.lists().has(list.field().substring(lists.path().length() + 1));
    }
    return any ? Optional.of(values) : Optional.empty();
  }

  private Optional<String> text(String field) throws PolicyDocumentException {
    return text(root, "", field);
  }

  private static Optional<String> text(JsonNode object, String path, String field)
      throws PolicyDocumentException {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new PolicyDocumentException(path + field, "not a text");
    }
    return Optional.of(node.stringValue());
  }

  private static Optional<String> said(JsonNode object, String field) {
    String text = object.path(field).asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
