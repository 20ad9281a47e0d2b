package network.calimero.tee.policy.release;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version X.Y.Z that a KMS release and a node release share (policy-and-releases.md), in the
 * order of Semantic Versioning. Releases have no pre-release versions.
 */
public record ReleaseVersion(int major, int minor, int patch)
    implements Comparable<ReleaseVersion> {
  private static final String KMS_TAG = "mero-kms-v";
  private static final List<String> TAGS = List.of(KMS_TAG, "mero-tee-v", "node-image-gcp-v");
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern FORM = Pattern.compile(String.join("\\.", NUMBER, NUMBER, NUMBER));

  private static final Comparator<ReleaseVersion> ORDER =
      Comparator.comparingInt(ReleaseVersion::major)
          .thenComparingInt(ReleaseVersion::minor)
          .thenComparingInt(ReleaseVersion::patch);

  /** Numbers have no sign. */
  public ReleaseVersion {
    if (major < 0 || minor < 0 || patch < 0) {
      throw new IllegalArgumentException("a version with a negative number");
    }
  }

  /** The version that a text of the form {@code 2.3.40} spells; empty for any other text. */
  public static Optional<ReleaseVersion> of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new ReleaseVersion(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3))))
        : Optional.empty();
  }

  /** The same for {@code 2.3.40} and {@code mero-kms-v2.3.40}. */
  public static Optional<ReleaseVersion> ofKms(String text) {
    return of(without(KMS_TAG, text));
  }

  /**
   * The same for {@code 2.3.40}, alone or after {@code mero-kms-v}, {@code mero-tee-v} or {@code
   * node-image-gcp-v}.
   */
  public static Optional<ReleaseVersion> ofAnyTag(String text) {
    for (String tag : TAGS) {
      if (text.startsWith(tag)) {
        return of(without(tag, text));
      }
    }
    return of(text);
  }

  private static String without(String tag, String text) {
    return text.startsWith(tag) ? text.substring(tag.length()) : text;
  }

  /** The tag of the KMS release, {@code mero-kms-v2.3.40}. */
  public String kmsTag() {
    return KMS_TAG + this;
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
