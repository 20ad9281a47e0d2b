package network.calimero.tee.kms.config;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of KMS releases (policy-and-releases.md): {@code X.Y.Z}, ordered as in SemVer. */
public record ReleaseVersion(int major, int minor, int patch)
    implements Comparable<ReleaseVersion> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern FORM =
      Pattern.compile("(?:mero-kms-v)?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER);
  private static final Comparator<ReleaseVersion> ORDER =
      Comparator.comparingInt(ReleaseVersion::major)
          .thenComparingInt(ReleaseVersion::minor)
          .thenComparingInt(ReleaseVersion::patch);

  /**
   * Reads {@code 2.3.4} or {@code mero-kms-v2.3.4}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ReleaseVersion parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("is no version of a release");
    }
    return new ReleaseVersion(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)));
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    return ORDER.compare(this, other);
  }

  /** Without a prefix: {@code 2.3.4}. */
  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
