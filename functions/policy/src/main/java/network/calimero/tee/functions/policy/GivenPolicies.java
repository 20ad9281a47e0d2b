package network.calimero.tee.functions.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.AtOnce;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.verify.VerifiedAsset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies that a caller gives, or names by their release: the caller's own are taken as they are,
 * those of a release are verified.
 */
final class GivenPolicies {
  private static final int MAX_DOCUMENTS = 16;

  /** Each is several files to fetch. */
  private static final int MAX_RELEASES = 2;

  private final Documents documents;

  GivenPolicies(Documents documents) {
    this.documents = documents;
  }

  static Schema schema() {
    return Schema.list(
            Schema.object()
                .optional("name", Schema.text())
                .optional("document", Schema.object().open())
                .optional("release", Schema.text().describedAs("In place of a document: X.Y.Z.")))
        .describedAs(
            "1 to %d, each with `document`, or with `release` for those that it published, verified"
                .formatted(MAX_DOCUMENTS));
  }

  List<PolicyFile> read(Request request, String field) throws ApiException {
    JsonNode list = request.body().object().path(field);
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_DOCUMENTS) {
      throw invalid("%s is not a list of 1 to %d documents".formatted(field, MAX_DOCUMENTS));
    }
    List<PolicyFile> files = new ArrayList<>();
    Set<ReleaseVersion> releases = new LinkedHashSet<>();
    for (JsonNode entry : list) {
      if (!(entry instanceof ObjectNode object)) {
        throw invalid(field + " holds what is no object");
      }
      Fields fields = new Fields(object);
      Optional<String> release = fields.findText("release");
      Optional<ObjectNode> document = fields.findObject("document");
      if (release.isPresent() == document.isPresent()) {
        throw invalid("an entry of %s has not one of document and release".formatted(field));
      }
      if (release.isPresent()) {
        releases.add(Asked.version(release.get()));
      } else {
        String unnamed = "document " + (files.size() + 1);
        files.add(file(fields.findText("name").orElse(unnamed), text(document.get())));
      }
    }
    if (releases.size() > MAX_RELEASES) {
      throw invalid("%s names more than %d releases".formatted(field, MAX_RELEASES));
    }
    for (ReleaseVersion version : releases) {
      files.addAll(published(version, request.call().receivedAt()));
    }
    requireDistinct(files);
    return files;
  }

  private static Bytes text(ObjectNode document) {
    return Bytes.of(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<PolicyFile> published(ReleaseVersion version, Instant now) throws ApiException {
    List<AtOnce.Task<Optional<VerifiedAsset>>> tasks = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      tasks.add(() -> documents.find(version, ReleaseReads.policies(profile), now));
    }
    tasks.add(() -> documents.find(version, List.of(NodeAssets.PUBLISHED_MRTDS), now));
    List<PolicyFile> files = new ArrayList<>();
    for (Optional<VerifiedAsset> found : AtOnce.all(tasks)) {
      if (found.isPresent()) {
        files.add(file("%s/%s".formatted(version, found.get().asset()), found.get().content()));
      }
    }
    if (files.isEmpty()) {
      throw new ApiException(
          PolicyProblem.RELEASE_NOT_FOUND, "release %s has no policies".formatted(version));
    }
    return files;
  }

  private static PolicyFile file(String name, Bytes content) throws ApiException {
    try {
      return PolicyFile.read(name, content);
    } catch (PolicyDocumentException e) {
      throw new ApiException(
          PolicyProblem.DOCUMENT_MALFORMED, "%s: %s".formatted(name, e.reason()), e);
    }
  }

  /** Findings are told apart by the names of what they are about. */
  private static void requireDistinct(List<PolicyFile> files) throws ApiException {
    if (files.stream().map(PolicyFile::name).distinct().count() < files.size()) {
      throw invalid("two documents have the same name");
    }
  }

  private static ApiException invalid(String found) {
    return new ApiException(ApiProblem.INVALID_FIELD, found);
  }
}
