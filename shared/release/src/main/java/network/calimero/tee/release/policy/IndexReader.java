package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.policy.IndexEntry.Reference;
import tools.jackson.databind.JsonNode;

/** Reads the lists of releases and policies that the repository kept over time. */
final class IndexReader {
  private static final int MAX_ENTRIES = 10_000;

  /** How the three generations of entries name one policy. */
  private record Names(String place, String tag, String sha256) {}

  private static final List<Names> IN_RELEASES =
      List.of(
          new Names("kms_policy_path", "kms_release_tag", "kms_policy_sha256"),
          new Names("merod_policy_path", "merod_release_tag", "merod_policy_sha256"),
          new Names("kms_policy_file", "kms_tag", "kms_policy_sha256"),
          new Names("node_image_policy_file", "node_image_tag", "node_image_policy_sha256"),
          new Names("kms_policy_url", "kms_tag", ""),
          new Names("node_policy_url", "node_image_tag", ""));
  private static final List<Names> IN_POLICIES =
      List.of(new Names("path", "release_tag", "policy_sha256"));

  private final String name;
  private final String sha256;
  private final JsonNode root;

  IndexReader(String name, String sha256, JsonNode root) {
    this.name = name;
    this.sha256 = sha256;
    this.root = root;
  }

  PolicyFile read() throws PolicyDocumentException {
    boolean releases = root.path("releases").isArray();
    String list = releases ? "releases" : "policies";
    JsonNode nodes = root.path(list);
    if (nodes.size() > MAX_ENTRIES) {
      throw new PolicyDocumentException(list, "more than " + MAX_ENTRIES + " entries");
    }
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String path = list + "[" + i + "]";
      entries.add(entry(nodes.get(i), path, releases));
    }
    boolean urls = releases && nodes.path(0).has("kms_policy_url");
    Form form = urls ? Form.CATALOG : releases ? Form.REGISTRY_INDEX : Form.POLICY_INDEX;
    return new PolicyFile.Index(name, sha256, form, entries);
  }

  private static IndexEntry entry(JsonNode entry, String path, boolean release)
      throws PolicyDocumentException {
    if (!entry.isObject()) {
      throw new PolicyDocumentException(path, "not an object");
    }
    List<Reference> references = new ArrayList<>();
    for (Names names : release ? IN_RELEASES : IN_POLICIES) {
      Optional<String> place = text(entry, path, names.place());
      if (place.isPresent()) {
        references.add(
            new Reference(
                names.place(),
                place.get(),
                text(entry, path, names.tag()),
                text(entry, path, names.sha256())));
      }
    }
    if (references.isEmpty()) {
      throw new PolicyDocumentException(path, "names no policy");
    }
    String version = text(entry, path, release ? "version" : "release_tag").orElse("");
    return new IndexEntry(version, references);
  }

  private static Optional<String> text(JsonNode entry, String path, String field)
      throws PolicyDocumentException {
    JsonNode node = entry.get(field);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new PolicyDocumentException(path + "." + field, "not a text");
    }
    return Optional.of(node.stringValue());
  }
}
