package network.calimero.tee.release.policy;

import java.util.Comparator;
import java.util.List;

/**
 * What a look at some documents found.
 *
 * @param files what was looked at, in the order given
 * @param findings by document in that order, worst first within one
 */
public record LintReport(List<PolicyFile> files, List<Finding> findings) {
  /** Copies. */
  public LintReport {
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }

  /** The findings of one document. */
  public List<Finding> of(PolicyFile file) {
    return findings.stream()
        .filter(finding -> finding.file().equals(file.name()))
        .sorted(Comparator.comparing(Finding::severity).reversed())
        .toList();
  }

  /** How many there are of that severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** Whether any is at least that bad. */
  public boolean has(Severity least) {
    return findings.stream().anyMatch(finding -> finding.severity().compareTo(least) >= 0);
  }
}
