package network.calimero.tee.release.policy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.policy.IndexEntry.Reference;

/** Where an index leads. */
final class IndexRules {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Tags had other names before: {@code locked-image-v2.1.10}. */
  private static final Pattern TAG = Pattern.compile("(?:[a-z]+(?:-[a-z]+)*-v)?([0-9.]+)");

  private static final Pattern FILE = Pattern.compile("policies/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");

  private IndexRules() {}

  static void check(PolicyFile.Index index, Consumer<Finding> out) {
    if (index.entries().isEmpty()) {
      out.accept(Finding.of(LintCode.INDEX_EMPTY, index, "", ""));
    }
    Set<String> seen = new HashSet<>();
    List<String> undigested = new ArrayList<>();
    for (IndexEntry entry : index.entries()) {
      String place = index.form() == Form.POLICY_INDEX ? entry.references().getFirst().place() : "";
      if (!seen.add(entry.version() + " " + place)) {
        out.accept(Finding.of(LintCode.INDEX_REPEATED, index, entry.version(), ""));
      }
      for (Reference reference : entry.references()) {
        reference(index, entry, reference, out);
      }
      if (entry.references().stream().anyMatch(reference -> reference.sha256().isEmpty())) {
        undigested.add(entry.version());
      }
    }
    if (!undigested.isEmpty()) {
      out.accept(
          Finding.of(
              LintCode.INDEX_DIGEST_MISSING,
              index,
              "",
              "%d of %d entries".formatted(undigested.size(), index.entries().size())));
    }
  }

  private static void reference(
      PolicyFile.Index index, IndexEntry entry, Reference reference, Consumer<Finding> out) {
    String subject = entry.version() + ", " + reference.field();
    if (reference.sha256().filter(sha -> !DIGEST.matcher(sha).matches()).isPresent()) {
      out.accept(
          Finding.of(
              LintCode.INDEX_DIGEST_MALFORMED, index, subject, reference.sha256().orElse("")));
    }
    Optional<ReleaseVersion> version = ReleaseVersion.of(entry.version());
    boolean tagFits =
        version.isPresent()
            && (reference.tag().isEmpty()
                || reference.tag().flatMap(IndexRules::version).equals(version));
    if (!tagFits) {
      out.accept(
          Finding.of(LintCode.INDEX_TAG_MISMATCH, index, subject, reference.tag().orElse("")));
    } else if (isForeign(index, reference)) {
      out.accept(Finding.of(LintCode.INDEX_PLACE_FOREIGN, index, subject, reference.place()));
    } else if (!leadsTo(reference, entry.version())) {
      out.accept(Finding.of(LintCode.INDEX_TAG_MISMATCH, index, subject, reference.place()));
    }
  }

  private static Optional<ReleaseVersion> version(String tag) {
    Matcher form = TAG.matcher(tag);
    return form.matches() ? ReleaseVersion.of(form.group(1)) : Optional.empty();
  }

  private static boolean isForeign(PolicyFile.Index index, Reference reference) {
    if (index.form() != Form.CATALOG) {
      return !FILE.matcher(reference.place()).matches() || reference.place().contains("..");
    }
    try {
      URI url = URI.create(reference.place());
      return !"https".equals(url.getScheme())
          || url.getHost() == null
          || !url.getHost().toLowerCase(Locale.ROOT).equals("github.com")
          || !url.getPath().contains("/releases/download/");
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** The version is a part of every place: of the file's name, or of the release's tag in a URL. */
  private static boolean leadsTo(Reference reference, String version) {
    return reference.place().endsWith("/" + version + ".json")
        || reference.tag().filter(tag -> reference.place().contains("/" + tag + "/")).isPresent();
  }
}
