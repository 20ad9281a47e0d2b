package network.calimero.tee.cli;

import java.util.List;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.asset.NodeAssets;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.Check;
import network.calimero.tee.release.verify.Check.Result;
import network.calimero.tee.release.verify.Refusal;
import network.calimero.tee.release.verify.ReleaseReport;

/**
 * The lines that operators' tools know (policy-and-releases.md, "The two seed commands, exactly"),
 * all on standard output.
 */
final class ReleaseLines {
  private ReleaseLines() {}

  static String begin(ReleaseVersion version, ReleaseSession session) {
    StringBuilder lines = new StringBuilder();
    line(
        lines,
        "Verifying release %s in %s..."
            .formatted(version, session.rule().workflows().repository()));
    if (!session.root().isSigstores()) {
      line(
          lines,
          "Note: trusted root %s, which is NOT Sigstore's".formatted(session.root().describe()));
    }
    session.weaker().ifPresent(note -> line(lines, "Note: %s".formatted(note)));
    return lines.toString();
  }

  static String rest(ReleaseVerdict verdict) {
    ReleaseReport report = verdict.report();
    StringBuilder lines = new StringBuilder();
    ReleaseVersion version = report.version();
    section(lines, Family.KMS, version);
    for (Check check : report.checks()) {
      if (check.what().equals("checksum")
          && check.result() == Result.PASSED
          && !isNodes(check, version)) {
        line(lines, "%s: OK".formatted(check.subject()));
      }
    }
    boolean kmsDone = report.checks().stream().anyMatch(check -> isNodes(check, version));
    if (kmsDone) {
      line(
          lines,
          "Release %s checksums, manifest, policies, archives and Sigstore signatures verified."
              .formatted(version));
      section(lines, Family.NODE, version);
    }
    switch (report.outcome()) {
      case ReleaseReport.Genuine _ -> {
        line(
            lines,
            "Release %s images, provenance and Sigstore signature verification passed."
                .formatted(version));
        line(lines, "Release %s verification completed.".formatted(version));
      }
      case ReleaseReport.Refused(Refusal refusal) -> refused(lines, refusal);
      case ReleaseReport.Unknown(SourceException e) -> {
        line(lines, "Failed to download required asset %s".formatted(e.reason()));
        line(lines, "  what to do: %s".formatted(e.code().advice()));
      }
    }
    return lines.toString();
  }

  private static void section(StringBuilder lines, Family family, ReleaseVersion version) {
    line(lines, "-> Verifying %s release asset set from %s".formatted(family, family.tag(version)));
  }

  private static boolean isNodes(Check check, ReleaseVersion version) {
    List<String> names = NodeAssets.all().stream().map(Asset::name).toList();
    return check.subject().equals(Family.NODE.tag(version))
        || names.stream().anyMatch(check.subject()::startsWith);
  }

  /** Reasons with a capital are lines of their own; the others are about the file. */
  private static void refused(StringBuilder lines, Refusal refusal) {
    boolean missing =
        refusal.isOfMissingFile() && !refusal.reason().startsWith("Release is missing");
    if (missing) {
      line(
          lines,
          "Release asset set did not stabilize in time. Last missing asset: %s"
              .formatted(refusal.subject()));
    } else if (Character.isUpperCase(refusal.reason().charAt(0))) {
      line(lines, refusal.reason());
    } else {
      line(lines, "%s: %s".formatted(refusal.subject(), refusal.reason()));
    }
    if (!refusal.found().isEmpty()) {
      line(lines, "  found: %s".formatted(refusal.found()));
    }
    if (!refusal.expected().isEmpty()) {
      line(lines, "  expected: %s".formatted(refusal.expected()));
    }
    line(lines, "  what to do: %s (%s)".formatted(refusal.advice(), refusal.code()));
  }

  private static void line(StringBuilder lines, String text) {
    lines.append(text).append('\n');
  }
}
