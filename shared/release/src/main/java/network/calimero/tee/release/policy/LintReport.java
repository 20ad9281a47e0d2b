package network.calimero.tee.release.policy;

import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  /** As one object: how many there are of each severity, then document by document. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = node.putObject("counts");
    for (Severity severity : Severity.values()) {
      counts.put(severity.text(), count(severity));
    }
    ArrayNode documents = node.putArray("documents");
    for (PolicyFile file : files) {
      ObjectNode document = documents.addObject();
      document.setAll(file.json());
      ArrayNode found = document.putArray("findings");
      of(file).forEach(finding -> put(found.addObject(), finding));
    }
    return node;
  }

  private static void put(ObjectNode node, Finding finding) {
    node.put("severity", finding.severity().text()).put("code", finding.code().text());
    node.put("subject", finding.subject()).put("detail", finding.detail());
    node.put("meaning", finding.code().meaning()).put("advice", finding.code().advice());
  }
}
